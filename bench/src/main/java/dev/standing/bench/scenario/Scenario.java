package dev.standing.bench.scenario;

import dev.standing.bench.platform.TestBed;
import dev.standing.bench.report.Figure;
import dev.standing.bench.report.Progress;
import java.util.List;
import java.util.Map;

/** Something that is measured, at one size. */
public interface Scenario {

    /** Its name, as on the command line. */
    String name();

    /** Its sizes, by the names that the command line has for them, in order. */
    Map<String, String> settings();

    /**
     * Measures it, on a test bed that nothing has been done on yet.
     *
     * @throws IllegalStateException if something does not work that has to, so that nothing can be said
     */
    List<Figure> measure(TestBed bed, Progress progress);
}
