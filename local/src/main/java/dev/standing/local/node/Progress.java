package dev.standing.local.node;

import dev.standing.local.console.Console;
import java.util.Locale;

/** Prints what is being started, and how long it took. */
public final class Progress {

    private final Console console;
    private final long start = System.nanoTime();

    /** One whose clock starts now. */
    public Progress(Console console) {
        this.console = console;
    }

    /** Something that has begun. */
    public final class Step {

        private final String name;
        private final long begun = System.nanoTime();

        private Step(String name) {
            this.name = name;
        }

        /** Prints that it is done. */
        void done(String detail) {
            console.line("  %-19s %6s  %s".formatted(name, seconds(begun), console.faint(detail)));
        }
    }

    /** Begins a step. */
    Step begin(String name) {
        return new Step(name);
    }

    /** The time since the start, such as {@code 5.3 s}. */
    public String total() {
        return seconds(start);
    }

    private static String seconds(long since) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - since) / 1e9);
    }
}
