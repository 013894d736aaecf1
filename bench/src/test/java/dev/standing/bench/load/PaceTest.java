package dev.standing.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long START = -5_000_000_000L;

    @Test
    void theFirstCommandIsDueAtTheStart() {
        assertThat(new Pace(START, 200).due(0)).isEqualTo(START);
    }

    @Test
    void commandsAreDueAtEvenDistances() {
        Pace pace = new Pace(START, 200);
        assertThat(pace.due(1) - pace.due(0)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(5));
        assertThat(pace.due(1_001) - pace.due(1_000)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(5));
    }

    @Test
    void aRateThatDoesNotDivideASecondDoesNotDriftAway() {
        Pace pace = new Pace(START, 7);
        assertThat(pace.due(7L * 86_400 * 365) - START).isEqualTo(TimeUnit.DAYS.toNanos(365));
    }

    @Test
    void aRateHasToBeAboveZero() {
        assertThatThrownBy(() -> new Pace(START, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
