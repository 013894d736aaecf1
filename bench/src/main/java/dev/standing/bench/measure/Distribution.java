package dev.standing.bench.measure;

import dev.standing.bench.report.Figure;
import java.util.List;
import org.HdrHistogram.Histogram;

/** How durations are distributed; recorded with three digits, from a microsecond to an hour. For one thread. */
public final class Distribution {

    private static final long LONGEST_NANOS = 3_600_000_000_000L;

    private final Histogram nanos = new Histogram(1_000, LONGEST_NANOS, 3);

    /** Adds a duration; one below zero counts as none, one beyond an hour as an hour. */
    public void add(long durationNanos) {
        nanos.recordValue(Math.min(LONGEST_NANOS, Math.max(0, durationNanos)));
    }

    /** How many there are. */
    public long count() {
        return nanos.getTotalCount();
    }

    /** What so many percent do not take longer than, in milliseconds; 0 if there are none. */
    public double millisAt(double percent) {
        return nanos.getValueAtPercentile(percent) / 1e6;
    }

    /** The longest, in milliseconds; 0 if there are none. */
    public double maxMillis() {
        return nanos.getMaxValue() / 1e6;
    }

    /** The number of them, the median, the 99th percentile and the longest. */
    public List<Figure> figures(String of) {
        return List.of(
                Figure.count(of + ": count", count()),
                Figure.of(of + ": p50", millisAt(50), "ms"),
                Figure.of(of + ": p99", millisAt(99), "ms"),
                Figure.of(of + ": max", maxMillis(), "ms"));
    }
}
