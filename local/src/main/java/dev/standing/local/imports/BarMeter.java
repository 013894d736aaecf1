package dev.standing.local.imports;

import dev.standing.local.console.Console;
import dev.standing.local.imports.input.Position;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is drawn again and again in the last line of a terminal. It counts bytes, since those are known ahead. */
final class BarMeter implements ConsoleDisplay.Meter {

    private static final int INTERVAL_MILLIS = 500;
    private static final long MEBIBYTE = 1L << 20;
    private static final long KIBIBYTE = 1L << 10;

    private final Console console;
    private Optional<ProgressBar> bar = Optional.empty();
    private long linesBefore;

    BarMeter(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void begin(Position position, long bytesOfFile) {
        boolean large = bytesOfFile >= MEBIBYTE;
        linesBefore = position.lines();
        bar = Optional.of(new ProgressBarBuilder()
                .setTaskName("Import")
                .setInitialMax(bytesOfFile)
                .setUnit(large ? " MiB" : " KiB", large ? MEBIBYTE : KIBIBYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setConsumer(new DelegatingProgressBarConsumer(console::redraw, console.columns() - 1))
                .startsFrom(position.bytes(), Duration.ZERO)
                .build());
    }

    /** Told every second. */
    @Override
    public synchronized void reached(Position position, Counts counts) {
        if (bar.isPresent()) {
            String refused = counts.refused() == 0 ? "" : ", " + counts.refused() + " refused";
            bar.get().setExtraMessage((position.lines() - linesBefore) + " lines/s" + refused);
            bar.get().stepTo(position.bytes());
        }
        linesBefore = position.lines();
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
        console.endDrawing();
    }
}
