package dev.standing.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class FailureBudgetTest {

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);
    private final FailureBudget budget = new FailureBudget("the processor", clock::get);

    @Test
    void aThreadThatDiesIsReplacedAndToldOfForAMinute() {
        assertThat(budget.recent()).isEmpty();

        assertThat(die()).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);

        assertThat(budget.recent())
                .hasValueSatisfying(failure -> assertThat(failure).contains("gone"));
        later(Duration.ofSeconds(61));
        assertThat(budget.recent()).isEmpty();
    }

    @Test
    void theProcessorStopsWhenThreadsDieAgainAndAgain() {
        for (int i = 0; i < 20; i++) {
            assertThat(die()).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
            later(Duration.ofSeconds(10));
        }

        assertThat(die()).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    }

    @Test
    void deathsOfLongAgoDoNotCount() {
        for (int i = 0; i < 100; i++) {
            assertThat(die()).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
            later(Duration.ofMinutes(1));
        }
    }

    private StreamThreadExceptionResponse die() {
        return budget.handle(new IllegalStateException("gone"));
    }

    private void later(Duration duration) {
        clock.updateAndGet(now -> now.plus(duration));
    }
}
