package dev.standing.bench.scenario;

import dev.standing.bench.measure.Distribution;
import dev.standing.bench.measure.ProcessorLoad;
import dev.standing.bench.measure.Turns.Turn;
import dev.standing.bench.report.Figure;
import java.util.ArrayList;
import java.util.List;

/** What it took the processor to do what time brought about. */
final class Effort {

    private Effort() {}

    /** The turns that wrote something, and the load. */
    static List<Figure> figures(ProcessorLoad during, List<Turn> turns) {
        Distribution lengths = new Distribution();
        turns.stream().filter(turn -> turn.records() > 0).forEach(turn -> lengths.add(turn.nanos()));
        List<Figure> figures = new ArrayList<>(lengths.figures("turns"));
        figures.add(Figure.count("transactions", during.transactions()));
        figures.add(Figure.count("rebalances", during.rebalances()).atMost(0));
        figures.add(Figure.of("time for aborted transactions", during.abortNanos() / 1e6, "ms")
                .atMost(0));
        figures.add(Figure.of("CPU of the stream threads", during.cpu().toMillis() / 1e3, "s"));
        return figures;
    }
}
