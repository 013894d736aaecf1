package dev.standing.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of one run of a scenario.
 *
 * @param scenario its name
 * @param settings what it was run with, in order
 * @param environment what it was run on, in order
 * @param figures what was measured, in order
 */
public record Report(
        String scenario, Map<String, String> settings, Map<String, String> environment, List<Figure> figures) {

    /** Keeps copies. */
    public Report {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        figures = List.copyOf(figures);
    }
}
