package dev.standing.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedPositionTest {

    private static final Interest EVERYTHING = Interest.inEverything();

    @Test
    void aPositionIsReadAsItWasWritten() {
        FeedPosition position = FeedPosition.of(15, 0, Long.MAX_VALUE, 8);

        assertThat(position).hasToString("15.0.9223372036854775807.8");
        assertThat(FeedPosition.parse(position.toString(), 4)).hasValue(position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.",
                ".1",
                "1..2",
                "1.2.",
                "1.-2",
                "1.+2",
                "1.02",
                "1. 2",
                "1.x",
                "1,2",
                "1.\u0662",
                "1.9223372036854775808",
                "1.99999999999999999999",
                "earliest"
            })
    void whatIsNoPositionOfSoManyPartitionsIsRefused(String text) {
        assertThat(FeedPosition.parse(text, 2)).isEmpty();
    }

    @Test
    void whatIsLongerThanAnyPositionIsRefused() {
        assertThat(FeedPosition.parse("1." + "0".repeat(100_000), 2)).isEmpty();
    }

    @Test
    void theFurthestOfTwoPositionsIsBehindBoth() {
        assertThat(FeedPosition.of(1, 5).furthest(FeedPosition.of(3, 4))).isEqualTo(FeedPosition.of(3, 5));
    }

    @Test
    void onePartitionMovesAloneAndThePositionBeforeStaysAsItIs() {
        FeedPosition before = FeedPosition.of(1, 5);

        assertThat(before.with(0, 9)).isEqualTo(FeedPosition.of(9, 5));
        assertThat(before).isEqualTo(FeedPosition.of(1, 5));
    }

    @Test
    void aPositionIsReachedWhenNothingThatIsOfInterestLiesBefore() {
        Interest inOne = Interest.inCustomer("c-1", 2);
        int its = inOne.concerns(0) ? 0 : 1;
        FeedPosition none = FeedPosition.of(0, 0);

        assertThat(none.with(its, 1).reaches(none.with(its, 1), EVERYTHING)).isTrue();
        assertThat(none.reaches(none.with(1 - its, 1), EVERYTHING)).isFalse();
        assertThat(none.reaches(none.with(1 - its, 1), inOne)).isTrue();
        assertThat(none.reaches(none.with(its, 1), inOne)).isFalse();
    }

    @Test
    void whatIsLackingIsReadInThePartitionsOfInterestOnly() {
        Interest inOne = Interest.inCustomer("c-1", 2);
        int its = inOne.concerns(0) ? 0 : 1;

        assertThat(FeedPosition.of(1, 1).lacking(FeedPosition.of(2, 2), EVERYTHING))
                .containsExactly(0, 1);
        assertThat(FeedPosition.of(1, 1).lacking(FeedPosition.of(2, 2), inOne)).containsExactly(its);
        assertThat(FeedPosition.of(1, 3).lacking(FeedPosition.of(2, 2), EVERYTHING))
                .containsExactly(0);
    }
}
