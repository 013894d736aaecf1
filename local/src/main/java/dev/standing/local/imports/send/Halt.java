package dev.standing.local.imports.send;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Says to all threads that nothing more is to be begun. */
public final class Halt {

    /** Completed when it is called, with why it cannot go on; empty: somebody wants it to stop. */
    private final CompletableFuture<Optional<String>> called = new CompletableFuture<>();

    /** Stops, because somebody wants it. Only the first call counts. */
    public void call() {
        called.complete(Optional.empty());
    }

    /** Stops, because it cannot go on. Only the first call counts. */
    public void call(String reason) {
        called.complete(Optional.of(reason));
    }

    /** Whether it was called. */
    public boolean isCalled() {
        return called.isDone();
    }

    /** Why it cannot go on; empty if it can, or somebody wants it to stop. */
    public Optional<String> reason() {
        return called.getNow(Optional.empty());
    }

    /** Has something done when it is called, by the thread that calls it. */
    public void whenCalled(Runnable action) {
        CompletableFuture<Void> unused = called.thenRun(action);
    }

    /** Waits until it is called, or the time is over; whether it is called. */
    public boolean await(Duration atMost) throws InterruptedException {
        try {
            called.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nobody makes it fail", e);
        }
    }
}
