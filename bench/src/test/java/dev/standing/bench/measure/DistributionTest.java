package dev.standing.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.standing.bench.report.Figure;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {

    private final Distribution distribution = new Distribution();

    @Test
    void percentilesAreThoseOfTheDurations() {
        IntStream.rangeClosed(1, 1_000).forEach(millis -> distribution.add(TimeUnit.MILLISECONDS.toNanos(millis)));

        assertThat(distribution.millisAt(50)).isCloseTo(500, within(0.5));
        assertThat(distribution.millisAt(99)).isCloseTo(990, within(1.0));
        assertThat(distribution.maxMillis()).isCloseTo(1_000, within(1.0));
    }

    @Test
    void microsecondsAreTold() {
        distribution.add(42_000);

        assertThat(distribution.millisAt(50)).isCloseTo(0.042, within(0.001));
    }

    @Test
    void whatIsEarlyIsNotLate() {
        distribution.add(-1);

        assertThat(distribution.maxMillis()).isZero();
    }

    @Test
    void whatIsLongerThanAnHourCountsAsAnHour() {
        distribution.add(TimeUnit.DAYS.toNanos(2));

        assertThat(distribution.maxMillis()).isCloseTo(3_600_000, within(3_600.0));
    }

    @Test
    void thereAreFiguresWithoutAnyDuration() {
        assertThat(distribution.figures("none")).extracting(Figure::value).containsOnly(0.0);
    }
}
