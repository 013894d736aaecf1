package dev.standing.bench.scenario;

import dev.standing.bench.measure.ProcessorLoad;
import dev.standing.bench.platform.TestBed;
import dev.standing.bench.platform.Waiting;
import dev.standing.bench.report.Figure;
import dev.standing.bench.report.Progress;
import java.time.Duration;
import java.util.List;

/** What a processor does that has nothing to do. */
final class Idle {

    private static final Duration SETTLING = Duration.ofSeconds(2);

    private Idle() {}

    /** Waits for so long; what was done meanwhile, for each minute. */
    static List<Figure> measure(TestBed bed, Progress progress, Duration idle, String with) {
        Waiting.sleep(SETTLING);
        progress.line("Idle for " + idle.toSeconds() + " s");
        ProcessorLoad before = bed.load();
        Waiting.sleep(idle);
        ProcessorLoad during = bed.load().since(before);
        double minutes = idle.toMillis() / 60_000.0;
        return List.of(
                Figure.of(with + ": transactions in an idle minute", during.transactions() / minutes, "")
                        .atMost(2),
                Figure.of(
                        with + ": CPU of the stream threads in an idle minute",
                        during.cpu().toMillis() / minutes,
                        "ms"));
    }
}
