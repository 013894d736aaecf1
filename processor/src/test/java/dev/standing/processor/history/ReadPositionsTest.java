package dev.standing.processor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.processor.history.ReadPositions.ReadPoint;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadPositionsTest {

    private static final TopicPartition PARTITION = new TopicPartition("events", 3);

    private final ReadPositions positions = new ReadPositions();

    @Test
    void nothingIsKnownBeforeTheTaskIsOpenAndTheConsumerWasPolled() {
        assertNothingIsKnown();

        positions.polled(PARTITION, 10, OptionalLong.empty());
        assertNothingIsKnown();
        assertThat(positions.isOpen(PARTITION)).isFalse();

        positions.opened(PARTITION);
        assertReached(10);
        assertThat(positions.isOpen(PARTITION)).isTrue();
    }

    @Test
    void whatIsOpenButWasNotPolledIsNotKnown() {
        positions.opened(PARTITION);

        assertNothingIsKnown();
    }

    @Test
    void itCountsUpToTheFirstRecordThatIsNotProcessed() {
        open(10);

        positions.polled(PARTITION, 17, OptionalLong.of(14));
        assertReached(10);

        positions.processed(PARTITION, 11);
        assertReached(12);
    }

    @Test
    void withTheLastRecordTheMarkersBehindItCount() {
        open(10);
        positions.polled(PARTITION, 17, OptionalLong.of(14));

        positions.processed(PARTITION, 14);

        assertReached(17);
    }

    @Test
    void markersThatComeAloneCountAtOnceUnlessRecordsAreLeft() {
        open(10);
        positions.polled(PARTITION, 12, OptionalLong.empty());
        assertReached(12);

        positions.polled(PARTITION, 14, OptionalLong.of(13));
        positions.polled(PARTITION, 15, OptionalLong.empty());
        assertReached(12);

        positions.processed(PARTITION, 13);
        assertReached(15);
    }

    @Test
    void whatIsPolledWhileRecordsAreLeftIsWaitedForToo() {
        open(10);
        positions.polled(PARTITION, 12, OptionalLong.of(11));
        positions.polled(PARTITION, 14, OptionalLong.of(13));

        positions.processed(PARTITION, 11);
        assertReached(12);
        positions.processed(PARTITION, 13);
        assertReached(14);
    }

    @Test
    void whenTheFirstPollReturnsRecordsOnlyWhatIsProcessedIsKnown() {
        positions.opened(PARTITION);
        positions.polled(PARTITION, 12, OptionalLong.of(11));
        assertNothingIsKnown();

        positions.processed(PARTITION, 10);
        assertReached(11);
    }

    @Test
    void aConsumerThatWasSoughtIsWhereItIsAndNotWhereItWas() {
        open(10);
        positions.polled(PARTITION, 20, OptionalLong.of(19));
        positions.moved(PARTITION);
        assertNothingIsKnown();

        // A record that was returned before.
        positions.processed(PARTITION, 19);
        assertNothingIsKnown();

        positions.polled(PARTITION, 5, OptionalLong.empty());
        assertReached(5);
    }

    @Test
    void aTaskThatWasClosedIsForgotten() {
        open(10);
        ReadPoint point = reached(10).join();

        positions.closed(PARTITION);
        assertNothingIsKnown();
        assertThat(positions.isOpen(PARTITION)).isFalse();
        assertThat(positions.isValid(point)).isFalse();

        positions.opened(PARTITION);
        assertNothingIsKnown();
        assertThat(positions.isValid(point)).isFalse();
    }

    @Test
    void whoWaitsIsToldAsSoonAsItIsReached() {
        open(10);
        CompletableFuture<ReadPoint> at10 = reached(10);
        CompletableFuture<ReadPoint> at12 = reached(12);
        CompletableFuture<ReadPoint> at13 = reached(13);
        assertThat(at10).isCompleted();

        positions.polled(PARTITION, 12, OptionalLong.of(11));
        assertThat(at12).isNotDone();
        positions.processed(PARTITION, 11);

        assertThat(at12).isCompleted();
        assertThat(positions.isValid(at12.join())).isTrue();
        assertThat(at13).isNotDone();
    }

    @Test
    void whoWaitsIsToldWhenTheTaskIsOpened() {
        positions.polled(PARTITION, 12, OptionalLong.empty());
        CompletableFuture<ReadPoint> at12 = reached(12);
        assertThat(at12).isNotDone();

        positions.opened(PARTITION);

        assertThat(at12).isCompleted();
    }

    @Test
    void partitionsDoNotMix() {
        open(10);

        assertThat(positions.reached(new TopicPartition("events", 4))).isEmpty();
        assertThat(positions.reached(new TopicPartition("external-ids", 3))).isEmpty();
    }

    private void open(long position) {
        positions.opened(PARTITION);
        positions.polled(PARTITION, position, OptionalLong.empty());
    }

    private CompletableFuture<ReadPoint> reached(long offset) {
        CompletableFuture<ReadPoint> reached = new CompletableFuture<>();
        positions.whenReached(PARTITION, offset, reached);
        return reached;
    }

    private void assertNothingIsKnown() {
        assertThat(positions.reached(PARTITION)).isEmpty();
    }

    private void assertReached(long offset) {
        assertThat(positions.reached(PARTITION)).hasValue(offset);
    }
}
