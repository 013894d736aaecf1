package dev.standing.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeTest {

    private static Range range(String from, String to) {
        return new Range(Bound.parse(from), Bound.parse(to));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "50 20",
                "0:1,3:50 3:20,5:1",
                "2026-01-31T00:00:00.001Z 2026-01-31T00:00:00Z",
            })
    void anEndBeforeTheBeginIsRefused(String from, String to) {
        assertThatThrownBy(() -> range(from, to))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lies before the begin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"20 20", "0:50 3:20", "0:1,3:20 3:50", "50 2026-01-31T00:00:00Z", "2026-01-31T00:00:00Z 50"})
    void whatMayHaveRecordsIsARange(String from, String to) {
        assertThat(range(from, to).from()).isEqualTo(Bound.parse(from));
    }

    @Test
    void thePartitionIsNamed() {
        assertThatThrownBy(() -> range("3:50", "3:20"))
                .hasMessage("the end 20 lies before the begin 50, in partition 3");
    }
}
