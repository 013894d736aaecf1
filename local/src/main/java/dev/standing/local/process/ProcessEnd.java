package dev.standing.local.process;

import dev.standing.local.console.Console;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process: what was started is closed, the latest first, whether the process was told to end (Ctrl-C,
 * SIGTERM), failed, or is simply done.
 *
 * <p>It takes {@link #LIMIT} at most. Whatever is not closed by then is not waited for: all parts are safe against
 * {@code kill -9}.
 */
public final class ProcessEnd {

    /** How long all of it may take. */
    public static final Duration LIMIT = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    private final Console console;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private volatile boolean begun;
    private volatile OptionalInt status = OptionalInt.empty();

    /** One that nobody has put in charge: it only waits for failures. */
    public ProcessEnd(Console console) {
        this.console = console;
    }

    /** Something to close. */
    private record Part(String name, AutoCloseable closeable) {}

    /** Takes charge of the end of this JVM. */
    public static ProcessEnd install(Console console) {
        ProcessEnd end = new ProcessEnd(console);
        Runtime.getRuntime().addShutdownHook(new Thread(end::run, "process-end"));
        return end;
    }

    /** Has something closed at the end, before all that was added before it. */
    public void closes(String name, AutoCloseable closeable) {
        synchronized (parts) {
            parts.push(new Part(name, closeable));
        }
    }

    /** Whether the end has begun: what fails from then on fails because of it. */
    public boolean hasBegun() {
        return begun;
    }

    /**
     * Reports that a part failed, to the thread in {@link #awaitFailure}. Only the first one counts.
     *
     * @param part its name
     * @param cause why
     */
    public void failed(String part, Throwable cause) {
        boolean first = failure.completeExceptionally(new PartFailedException(part, cause));
        LOG.error("{} failed{}", part, first ? "" : " as well", cause);
    }

    /**
     * Throws if a part has failed.
     *
     * @throws PartFailedException naming it
     */
    public void requireNoFailure() {
        if (failure.isCompletedExceptionally()) {
            awaitFailure();
        }
    }

    /**
     * Waits until a part fails; for ever, if none does. From here on, to be told to end is a success.
     *
     * @throws PartFailedException naming it
     */
    public void awaitFailure() {
        status = OptionalInt.of(0);
        try {
            failure.get();
        } catch (ExecutionException e) {
            throw (PartFailedException) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running", e);
        }
    }

    /** Ends the process with a status; does not return. */
    public void exit(int exitStatus) {
        status = OptionalInt.of(exitStatus);
        System.exit(exitStatus);
    }

    private void run() {
        begun = true;
        boolean anything;
        synchronized (parts) {
            anything = !parts.isEmpty();
        }
        if (anything) {
            closeAll();
        }
        // Else the JVM's own: 128 and the number of the signal that came before anything ran.
        status.ifPresent(Runtime.getRuntime()::halt);
    }

    private void closeAll() {
        Thread closing = new Thread(this::closeParts, "closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(LIMIT.toMillis());
        } catch (InterruptedException e) {
            LOG.warn("Interrupted while closing", e);
        }
        if (closing.isAlive()) {
            console.error("Not stopped within " + LIMIT.toSeconds() + " s, so ended at once; no data is lost.");
        } else {
            console.line("Stopped.");
        }
    }

    private void closeParts() {
        for (Part part = next(); part != null; part = next()) {
            long start = System.nanoTime();
            close(part);
            LOG.info("{} closed in {} ms", part.name(), (System.nanoTime() - start) / 1_000_000);
        }
    }

    private Part next() {
        synchronized (parts) {
            return parts.poll();
        }
    }

    private static void close(Part part) {
        try {
            part.closeable().close();
        } catch (Exception e) {
            // AutoCloseable declares Exception; the other parts are to be closed all the same.
            LOG.error("{} could not be closed", part.name(), e);
        }
    }
}
