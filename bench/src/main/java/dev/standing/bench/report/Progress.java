package dev.standing.bench.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells people how far a run is. Safe for use by many threads. */
public final class Progress {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final PrintStream out;
    private final long start = System.nanoTime();

    /** Prints there. */
    public Progress(PrintStream out) {
        this.out = out;
    }

    /** Prints a line at once. */
    public void line(String text) {
        out.printf(Locale.ROOT, "[%7.1f s] %s%n", (System.nanoTime() - start) / 1e9, text);
        out.flush();
    }

    /** Begins a step of a known size. */
    public Step step(String name, long size) {
        return new Step(name, size);
    }

    /** A step that takes long. For one thread. */
    public final class Step {

        private final String name;
        private final long size;
        private final long begin = System.nanoTime();
        private long told = begin;

        private Step(String name, long size) {
            this.name = name;
            this.size = size;
        }

        /** So much of it is done; tells it every few seconds, and at the end. */
        public void reached(long done) {
            long now = System.nanoTime();
            if (done >= size || now - told >= BETWEEN_LINES.toNanos()) {
                told = now;
                line(String.format(
                        Locale.ROOT, "%s: %,d of %,d (%,.0f/s)", name, done, size, done / ((now - begin) / 1e9)));
            }
        }
    }
}
