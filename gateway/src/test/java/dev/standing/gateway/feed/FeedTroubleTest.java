package dev.standing.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What comes of followers when Kafka, the registry or the log itself are not as they should be. */
class FeedTroubleTest {

    private static final Optional<String> NOBODY = Optional.empty();
    private static final Optional<String> EARLIEST = Optional.of("earliest");

    private final FakeLog log = new FakeLog(1, new Random(1));
    private final HandDrivenFeed feed = new HandDrivenFeed(log, 10, 2);
    private final RecordingStream stream = RecordingStream.ofFastClient();

    @Test
    void eventsThatCannotBeDecodedWhileTheRegistryIsAwayComeWhenItIsBack() {
        feed.follow(stream, NOBODY, NOBODY);
        feed.settle();
        log.append("c-1");
        log.append("c-1");
        log.failRenderings(3);

        feed.settle();

        assertThat(stream.events().data()).containsExactly("0@0", "0@1");
    }

    @Test
    void olderEventsThatCannotBeDecodedWhileTheRegistryIsAwayComeWhenItIsBack() {
        log.append("c-1");
        log.append("c-1");
        feed.follow(stream, EARLIEST, NOBODY);
        log.failRenderings(3);

        feed.settle();

        assertThat(stream.events().data()).containsExactly("0@0", "0@1");
    }

    @Test
    void whatIsWrittenWhileNothingCanBeReadComesAfterwards() {
        feed.follow(stream, NOBODY, NOBODY);
        feed.settle();
        log.setAway(true);
        log.append("c-1");
        feed.settle();
        assertThat(stream.events().data()).isEmpty();

        log.setAway(false);
        feed.settle();

        assertThat(stream.events().data()).containsExactly("0@0");
    }

    @Test
    void whoeverFollowsBeforeKafkaIsBackMissesNothing() {
        feed.follow(stream, NOBODY, NOBODY);
        log.setAway(true);
        log.append("c-1");
        feed.settle();
        log.append("c-1");
        log.setAway(false);
        feed.settle();

        assertThat(stream.events().data()).containsExactly("0@0", "0@1");
    }

    @Test
    void oneWhosePlaceIsDeletedWhileItIsCaughtUpIsDropped() {
        log.append("c-1");
        log.append("c-1");
        feed.follow(stream, EARLIEST, NOBODY);
        RecordingStream other = RecordingStream.ofFastClient();
        feed.follow(other, NOBODY, NOBODY);
        log.forget(FeedPosition.of(1));

        feed.settle();

        assertThat(stream.isEnded()).isTrue();
        assertThat(stream.events().data()).isEmpty();
        assertThat(other.isEnded()).isFalse();
        assertThat(feed.followers()).isOne();
    }

    @Test
    void everybodyHasToComeBackWhenThePlaceOfTheReaderIsDeleted() {
        feed.follow(stream, NOBODY, NOBODY);
        feed.settle();
        log.append("c-1");
        log.append("c-1");
        log.forget(FeedPosition.of(1));

        feed.settle();

        assertThat(stream.isEnded()).isTrue();
        assertThat(stream.events().data()).isEmpty();
        assertThat(feed.refuse(Optional.of("0"), NOBODY).detail()).contains("not kept any more");
    }
}
