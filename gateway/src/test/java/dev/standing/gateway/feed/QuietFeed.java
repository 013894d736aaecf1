package dev.standing.gateway.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;

/** A feed in which nothing ever happens, for tests of what is around it. */
public final class QuietFeed {

    private static final int PARTITIONS = 3;
    private static final int MOST_STREAMS = 20;
    private static final Duration HEARTBEAT = Duration.ofMillis(200);
    private static final Duration SOON = Duration.ofSeconds(1);

    private QuietFeed() {}

    /** Starts it; it is the caller's to close. */
    public static EventFeed start() {
        FeedSettings settings = new FeedSettings(MOST_STREAMS, 10, 10_000, 1, HEARTBEAT, SOON, SOON);
        return EventFeed.start(
                new QuietLog(),
                record -> {
                    throw new KafkaException("there is no record");
                },
                settings);
    }

    private static final class QuietLog implements EventLog {

        @Override
        public int partitions() {
            return PARTITIONS;
        }

        @Override
        public CompletableFuture<Extent> extent() {
            FeedPosition start = FeedPosition.of(0, 0, 0);
            return CompletableFuture.completedFuture(new Extent(start, start));
        }

        @Override
        public Reader reader() {
            return new QuietReader();
        }

        @Override
        public void close() {}
    }

    private static final class QuietReader implements EventLog.Reader {

        private final Map<Integer, Long> next = new HashMap<>();

        @Override
        public void seek(FeedPosition position, List<Integer> partitions) {
            next.clear();
            partitions.forEach(partition -> next.put(partition, position.next(partition)));
        }

        @Override
        public EventLog.Batch read(Duration atMost) {
            LockSupport.parkNanos(atMost.toNanos());
            return new EventLog.Batch(List.of(), Map.copyOf(next));
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }
}
