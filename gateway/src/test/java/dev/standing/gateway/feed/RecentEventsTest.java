package dev.standing.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

    private static final Interest EVERYTHING = Interest.inEverything();
    private static final int MANY = 100;

    private final RecentEvents recent = new RecentEvents(3, Integer.MAX_VALUE);

    @Test
    void nobodyJoinsBeforeItBegins() {
        assertThat(recent.head()).isEmpty();
        assertThat(recent.join(FeedPosition.of(9, 9), EVERYTHING)).isEmpty();
    }

    @Test
    void everyEventHasThePositionBehindItAndAllBeforeIt() {
        recent.begin(FeedPosition.of(5, 7));
        append(0, 5);
        append(1, 9);

        assertThat(messages(0, 0)).isEmpty();
        assertThat(messages(5, 7)).containsExactly("id: 6.7\nx\n\n", "id: 6.10\nx\n\n");
        assertThat(recent.head()).hasValue(FeedPosition.of(6, 10));
    }

    @Test
    void whoeverHasSomeOfThemGetsTheRest() {
        recent.begin(FeedPosition.of(0, 0));
        append(0, 0);
        append(0, 1);
        append(1, 0);

        assertThat(messages(1, 0)).containsExactly("id: 2.0\nx\n\n", "id: 2.1\nx\n\n");
        assertThat(messages(2, 1)).isEmpty();
        assertThat(recent.join(FeedPosition.of(2, 1), EVERYTHING)).isPresent();
    }

    @Test
    void whoeverIsBehindTheOldestThatIsKeptHasToReadInTheLog() {
        recent.begin(FeedPosition.of(0, 0));
        for (int offset = 0; offset < 4; offset++) {
            append(0, offset);
        }

        assertThat(recent.join(FeedPosition.of(0, 0), EVERYTHING)).isEmpty();
        assertThat(messages(1, 0)).hasSize(3);
    }

    @Test
    void oneWhoStaysTooFarBehindIsToldSo() {
        recent.begin(FeedPosition.of(0, 0));
        append(0, 0);
        long number = recent.join(FeedPosition.of(0, 0), EVERYTHING).orElseThrow();
        for (int offset = 1; offset < 4; offset++) {
            append(0, offset);
        }

        assertThat(recent.from(number, MANY)).isEmpty();
        assertThat(recent.from(number + 1, MANY).orElseThrow().entries()).hasSize(3);
    }

    @Test
    void noMoreIsKeptThanItsLengthAllowsButTheLatest() {
        RecentEvents small = new RecentEvents(10, 25);
        small.begin(FeedPosition.of(0));
        small.append(new FeedEvent(0, 0, new byte[0], "x\n\n"));
        small.append(new FeedEvent(0, 1, new byte[0], "x\n\n"));
        assertThat(small.join(FeedPosition.of(0), EVERYTHING)).isPresent();

        small.append(new FeedEvent(0, 2, new byte[0], "x\n\n"));
        assertThat(small.join(FeedPosition.of(0), EVERYTHING)).isEmpty();
        assertThat(small.join(FeedPosition.of(1), EVERYTHING)).isPresent();

        small.append(new FeedEvent(0, 3, new byte[0], "x".repeat(50) + "\n\n"));
        assertThat(small.join(FeedPosition.of(2), EVERYTHING)).isEmpty();
        assertThat(small.join(FeedPosition.of(3), EVERYTHING)).isPresent();
    }

    @Test
    void theHeadMovesBehindWhatIsNoEventButNeverBack() {
        recent.begin(FeedPosition.of(0, 4));
        append(0, 0);
        recent.advance(Map.of(0, 3L, 1, 2L));

        assertThat(recent.head()).hasValue(FeedPosition.of(3, 4));
        append(1, 4);
        assertThat(recent.head()).hasValue(FeedPosition.of(3, 5));
    }

    @Test
    void oneWhoWaitedAtTheEndDoesNotGoOnBehindAGap() {
        recent.begin(FeedPosition.of(0, 0));
        append(0, 0);
        long end = recent.join(FeedPosition.of(1, 0), EVERYTHING).orElseThrow();

        recent.clear();
        recent.begin(FeedPosition.of(5, 0));
        append(0, 5);

        assertThat(recent.from(end, MANY)).isEmpty();
    }

    @Test
    void whatLiesInOtherPartitionsThanTheCustomersDoesNotKeepOneFromJoining() {
        Interest one = Interest.inCustomer("c-1", 2);
        int its = one.concerns(0) ? 0 : 1;
        recent.begin(FeedPosition.of(5, 5));

        assertThat(recent.join(FeedPosition.of(0, 0).with(its, 5), one)).isPresent();
        assertThat(recent.join(FeedPosition.of(0, 0).with(1 - its, 5), one)).isEmpty();
    }

    private void append(int partition, long offset) {
        recent.append(new FeedEvent(partition, offset, new byte[0], "x\n\n"));
    }

    private List<String> messages(long... position) {
        return recent.join(FeedPosition.of(position), EVERYTHING).stream()
                .mapToObj(number -> recent.from(number, MANY).orElseThrow())
                .flatMap(slice -> slice.entries().stream())
                .map(RecentEvents.Entry::message)
                .toList();
    }
}
