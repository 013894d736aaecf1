package dev.standing.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.gateway.feed.Admission.Admitted;
import dev.standing.gateway.feed.Admission.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The feed's threads. */
class EventFeedTest {

    private static final FeedSettings SETTINGS =
            new FeedSettings(10, 10, 1_000, 1, Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofMillis(50));

    private final QuietLog log = new QuietLog();

    @Test
    void theLogIsReadOnlyWhileSomebodyFollows() {
        try (EventFeed feed = EventFeed.start(log, FakeLog::renderPlace, SETTINGS)) {
            assertThat(log.readers).hasValue(0);
            assertThat(log.made).hasValue(0);

            for (int i = 1; i <= 3; i++) {
                RecordingStream stream = follow(feed, RecordingStream.ofFastClient());
                await().until(() -> log.readers.get() == 1);
                assertThat(feed.followers()).isOne();

                stream.end();
                await().until(() -> log.readers.get() == 0);
                assertThat(feed.followers()).isZero();
            }
        }
    }

    @Test
    void aQuietStreamHasHeartbeatsAndADeadClientIsDropped() {
        try (EventFeed feed = EventFeed.start(log, FakeLog::renderPlace, SETTINGS)) {
            RecordingStream quiet = follow(feed, RecordingStream.ofFastClient());
            RecordingStream dead = follow(feed, new RecordingStream(2));

            await().until(() -> quiet.text().contains(":\n\n:\n\n:\n\n"));
            await().until(dead::isEnded);
            assertThat(dead.text()).isEqualTo("retry: 2000\nid: 0\n\n:\n\n");
            await().until(() -> feed.followers() == 1);
        }
    }

    @Test
    void whoeverComesAfterTheEndIsSentAway() {
        EventFeed feed = EventFeed.start(log, FakeLog::renderPlace, SETTINGS);
        Admitted admitted = admit(feed);
        feed.close();
        RecordingStream late = RecordingStream.ofFastClient();

        admitted.follow().accept(late);

        assertThat(late.isEnded()).isTrue();
        assertThat(feed.admit(Optional.empty(), Optional.empty()).join()).isInstanceOf(Refused.class);
        assertThat(feed.followers()).isZero();
        assertThat(log.isClosed).isTrue();
        await().until(() -> log.readers.get() == 0);
    }

    private static RecordingStream follow(EventFeed feed, RecordingStream stream) {
        admit(feed).follow().accept(stream);
        return stream;
    }

    private static Admitted admit(EventFeed feed) {
        return (Admitted) feed.admit(Optional.empty(), Optional.empty()).join();
    }

    /** A log in which nothing happens. */
    private static final class QuietLog implements EventLog {

        private final AtomicInteger made = new AtomicInteger();
        private final AtomicInteger readers = new AtomicInteger();
        private volatile boolean isClosed;

        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public CompletableFuture<Extent> extent() {
            if (isClosed) {
                throw new IllegalStateException("closed");
            }
            return CompletableFuture.completedFuture(new Extent(FeedPosition.of(0), FeedPosition.of(0)));
        }

        @Override
        public Reader reader() {
            made.incrementAndGet();
            readers.incrementAndGet();
            return new Reader() {
                @Override
                public void seek(FeedPosition position, List<Integer> partitions) {}

                @Override
                public Batch read(Duration atMost) {
                    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                    return new Batch(List.of(), Map.of());
                }

                @Override
                public void wakeUp() {}

                @Override
                public void close() {
                    readers.decrementAndGet();
                }
            };
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
