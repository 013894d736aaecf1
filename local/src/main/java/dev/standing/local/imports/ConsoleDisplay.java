package dev.standing.local.imports;

import dev.standing.local.console.Console;
import dev.standing.local.imports.input.Position;
import java.nio.file.Path;

/** Shows an import on a console: the first refusals, and how it comes on. */
public final class ConsoleDisplay implements Display {

    private static final int SHOWN_REFUSALS = 20;

    private final Console console;
    private final Path refusedFile;
    private final Meter meter;
    private long refusals;

    private ConsoleDisplay(Console console, Path refusedFile, Meter meter) {
        this.console = console;
        this.refusedFile = refusedFile;
        this.meter = meter;
    }

    /** One that draws a bar if standard output is a terminal, and else prints a line now and then. */
    public static ConsoleDisplay on(Console console, Path refusedFile) {
        Meter meter = console.columns() > 0 ? new BarMeter(console) : new LineMeter(console);
        return new ConsoleDisplay(console, refusedFile, meter);
    }

    /** How far something has come, for people. */
    interface Meter {

        void begin(Position position, long bytesOfFile);

        void reached(Position position, Counts counts);

        void close();
    }

    @Override
    public void begin(Position position, long bytesOfFile) {
        meter.begin(position, bytesOfFile);
    }

    @Override
    public void reached(Position position, Counts counts) {
        meter.reached(position, counts);
    }

    @Override
    public synchronized void refused(Refusal refusal) {
        refusals++;
        if (refusals <= SHOWN_REFUSALS) {
            console.error(refusal.toString());
        } else if (refusals == SHOWN_REFUSALS + 1) {
            console.error("More lines are refused; all are in " + refusedFile);
        }
    }

    @Override
    public void note(String text) {
        console.error(text);
    }

    @Override
    public void close() {
        meter.close();
    }
}
