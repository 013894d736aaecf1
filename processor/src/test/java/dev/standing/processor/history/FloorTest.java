package dev.standing.processor.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.processor.history.Floor.Mark;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class FloorTest {

    private final Floor floor = new Floor(key("a"));

    @Test
    void theNextScanBeginsWhereOneFoundItsFirstRow() {
        floor.raise(floor.mark(), key("m"));

        assertThat(floor.mark().key()).isEqualTo(key("m"));
    }

    @Test
    void anEarlierRowLowersIt() {
        floor.raise(floor.mark(), key("m"));

        floor.added(key("c"));
        floor.added(key("d"));

        assertThat(floor.mark().key()).isEqualTo(key("c"));
    }

    @Test
    void aScanThatDidNotSeeARowDoesNotRaiseItAboveThatRow() {
        Mark before = floor.mark();
        floor.added(key("c"));

        floor.raise(before, key("m"));

        assertThat(floor.mark().key()).isEqualTo(key("a"));
    }

    @Test
    void aScanThatBeganEarlierDoesNotLowerIt() {
        Mark before = floor.mark();
        floor.raise(floor.mark(), key("m"));

        floor.raise(before, key("c"));

        assertThat(floor.mark().key()).isEqualTo(key("m"));
    }

    private static Bytes key(String text) {
        return Bytes.wrap(text.getBytes(UTF_8));
    }
}
