package dev.standing.local.cli;

import dev.standing.audit.log.Progress;
import dev.standing.local.console.Console;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is drawn again and again in the last line of a terminal. It counts offsets, since those are known ahead. */
final class AuditBar implements Progress {

    private static final int INTERVAL_MILLIS = 250;

    private final Console console;
    private Optional<ProgressBar> bar = Optional.empty();

    AuditBar(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void begin(String what, long offsets) {
        close();
        bar = Optional.of(new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(offsets)
                .setUnit(" offsets", 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setConsumer(new DelegatingProgressBarConsumer(console::redraw, console.columns() - 1))
                .build());
    }

    @Override
    public synchronized void advanced(long offsets) {
        bar.ifPresent(drawn -> drawn.stepBy(offsets));
    }

    @Override
    public synchronized void close() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
        console.endDrawing();
    }
}
