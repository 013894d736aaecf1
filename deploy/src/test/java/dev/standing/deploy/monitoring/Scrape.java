package dev.standing.deploy.monitoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service answers to Prometheus, in the text format.
 *
 * @param series all of them
 */
record Scrape(List<Series> series) {

    /**
     * One series, without its value.
     *
     * @param metric its name
     * @param labels those of the service; Prometheus adds {@code job} and {@code instance}
     */
    record Series(String metric, Map<String, String> labels) {}

    private static final Pattern LINE = Pattern.compile("^(\\w+)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Reads one, as it is asked for by the job. */
    static Scrape of(String job, String text) {
        List<Series> series = new ArrayList<>();
        for (String line : text.lines().filter(it -> !it.startsWith("#")).toList()) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new IllegalArgumentException("No series: " + line);
            }
            Map<String, String> labels = new HashMap<>(Map.of("job", job, "instance", "any:1"));
            if (parts.group(2) != null) {
                LABEL.matcher(parts.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            series.add(new Series(parts.group(1), labels));
        }
        return new Scrape(series);
    }

    /** Both. */
    Scrape and(Scrape other) {
        List<Series> both = new ArrayList<>(series);
        both.addAll(other.series);
        return new Scrape(both);
    }

    /** The series of a metric. */
    List<Series> of(String metric) {
        return series.stream().filter(it -> it.metric().equals(metric)).toList();
    }
}
