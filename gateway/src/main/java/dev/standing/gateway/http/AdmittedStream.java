package dev.standing.gateway.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A stream that ends when whoever follows it would not be let in any more: a key may be revoked, and a token ends. It is
 * asked for with what is written, at most once in a while; whoever writes does so every few seconds at least.
 */
final class AdmittedStream implements OpenStream {

    private static final long BETWEEN_LOOKS_NANOS = Duration.ofSeconds(4).toNanos();

    private final OpenStream out;
    private final Supplier<CompletableFuture<Boolean>> isAdmitted;
    private final LongSupplier nanos;
    private final AtomicLong looked;

    /**
     * A stream for somebody who has just been let in.
     *
     * @param isAdmitted whether they would be let in now; never exceptional
     */
    AdmittedStream(OpenStream out, Supplier<CompletableFuture<Boolean>> isAdmitted) {
        this(out, isAdmitted, System::nanoTime);
    }

    /** As above, with a clock. */
    AdmittedStream(OpenStream out, Supplier<CompletableFuture<Boolean>> isAdmitted, LongSupplier nanos) {
        this.out = out;
        this.isAdmitted = isAdmitted;
        this.nanos = nanos;
        this.looked = new AtomicLong(nanos.getAsLong());
    }

    @Override
    public boolean write(String text) {
        return !isOver() && out.write(text);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A decision that takes its time ends the stream when it is there.
    private boolean isOver() {
        long last = looked.get();
        long now = nanos.getAsLong();
        if (now - last < BETWEEN_LOOKS_NANOS || !looked.compareAndSet(last, now)) {
            return false;
        }
        CompletableFuture<Boolean> admitted = isAdmitted.get();
        admitted.thenAccept(still -> {
            if (!still) {
                out.end();
            }
        });
        return !admitted.getNow(true);
    }

    @Override
    public boolean isWritable(Runnable whenItIs) {
        return out.isWritable(whenItIs);
    }

    @Override
    public void end() {
        out.end();
    }

    @Override
    public void whenEnded(Runnable action) {
        out.whenEnded(action);
    }
}
