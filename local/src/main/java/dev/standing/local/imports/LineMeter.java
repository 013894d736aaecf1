package dev.standing.local.imports;

import dev.standing.local.console.Console;
import dev.standing.local.imports.input.Position;
import java.util.Locale;

/** A line every ten seconds, for logs. */
final class LineMeter implements ConsoleDisplay.Meter {

    private static final int SECONDS_BETWEEN = 10;
    private static final double PERCENT = 100.0;

    private final Console console;
    private long bytesOfFile;
    private long linesBefore;
    private int seconds;

    LineMeter(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void begin(Position position, long bytes) {
        bytesOfFile = bytes;
        linesBefore = position.lines();
    }

    /** Told every second. */
    @Override
    public synchronized void reached(Position position, Counts counts) {
        seconds++;
        if (seconds % SECONDS_BETWEEN == 0) {
            console.line(String.format(
                    Locale.ROOT,
                    "%d lines (%.1f %%), %d lines/s, %d refused",
                    position.lines(),
                    PERCENT * position.bytes() / Math.max(1, bytesOfFile),
                    (position.lines() - linesBefore) / SECONDS_BETWEEN,
                    counts.refused()));
            linesBefore = position.lines();
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
