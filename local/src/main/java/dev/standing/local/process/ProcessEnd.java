package dev.standing.local.process;

import dev.standing.local.console.Console;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process: what was started is closed, the latest first, whether the process was told to end (Ctrl-C,
 * SIGTERM), failed, or is simply done.
 *
 * <p>It takes three seconds at most, where nobody allows it more: {@link #LIMIT}, and what a busy JVM needs to halt, which
 * is half a second when its threads are in native code or compiling. Whatever is not closed by then is not waited for:
 * all parts are safe against {@code kill -9}.
 */
public final class ProcessEnd {

    /** How long all parts together may take to close, where nobody allows them more. */
    public static final Duration LIMIT = Duration.ofMillis(2_300);

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    private final Console console;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private volatile Duration limit = LIMIT;
    private volatile boolean begun;
    private volatile OptionalInt status = OptionalInt.empty();

    /** One that nobody has put in charge: it only waits for failures. */
    public ProcessEnd(Console console) {
        this.console = console;
    }

    /**
     * Something to close.
     *
     * @param beside whether it is closed at the same time as what was added before it
     */
    private record Part(String name, AutoCloseable closeable, boolean beside) {}

    /** Takes charge of the end of this JVM. */
    public static ProcessEnd install(Console console) {
        ProcessEnd end = new ProcessEnd(console);
        Runtime.getRuntime().addShutdownHook(new Thread(end::run, "process-end"));
        return end;
    }

    /** Has something closed at the end, before all that was added before it. */
    public void closes(String name, AutoCloseable closeable) {
        add(new Part(name, closeable, false));
    }

    /** Has something closed at the end, at the same time as what was added right before it: neither needs the other. */
    public void closesBeside(String name, AutoCloseable closeable) {
        add(new Part(name, closeable, true));
    }

    /**
     * Allows all parts together so long to close. A service that is one of many has others who wait for it to hand over
     * what it has, and for whom its being cut short is dearer than its taking a while.
     */
    public void mayTake(Duration limit) {
        this.limit = limit;
    }

    /** Forgets something that was to be closed at the end: it is done. */
    public void releases(AutoCloseable closeable) {
        synchronized (parts) {
            parts.removeIf(part -> part.closeable() == closeable);
        }
    }

    private void add(Part part) {
        synchronized (parts) {
            parts.push(part);
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

    /**
     * Ends the process with a status; does not return. If its end has begun, the status stays what it is: that of the
     * signal, as shells have it, whatever came of what was cut short.
     */
    public void exit(int exitStatus) {
        if (!begun) {
            status = OptionalInt.of(exitStatus);
        }
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
        // Else the JVM's own: 128 and the number of the signal.
        status.ifPresent(Runtime.getRuntime()::halt);
    }

    private void closeAll() {
        Thread closing = new Thread(this::closeParts, "closing-all");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(limit.toMillis());
        } catch (InterruptedException e) {
            LOG.warn("Interrupted while closing", e);
        }
        if (closing.isAlive()) {
            console.error("Not stopped within " + limit.toMillis() + " ms, so ended at once; no data is lost.");
        } else {
            console.line("Stopped.");
        }
    }

    private void closeParts() {
        for (List<Part> next = next(); !next.isEmpty(); next = next()) {
            CompletableFuture<?>[] closings = next.stream()
                    .map(part -> CompletableFuture.runAsync(() -> close(part), ProcessEnd::start))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(closings).join();
        }
    }

    private static void start(Runnable closing) {
        Thread thread = new Thread(closing, "closing");
        thread.setDaemon(true);
        thread.start();
    }

    /** What is to be closed now; empty: all is closed. */
    private List<Part> next() {
        List<Part> together = new ArrayList<>();
        synchronized (parts) {
            boolean more = !parts.isEmpty();
            while (more) {
                Part part = parts.pop();
                together.add(part);
                more = part.beside() && !parts.isEmpty();
            }
        }
        return together;
    }

    private static void close(Part part) {
        long start = System.nanoTime();
        try {
            part.closeable().close();
        } catch (Exception e) {
            // AutoCloseable declares Exception; the other parts are to be closed all the same.
            LOG.error("{} could not be closed", part.name(), e);
        }
        LOG.info("{} closed in {} ms", part.name(), (System.nanoTime() - start) / 1_000_000);
    }
}
