package dev.standing.gateway.feed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The log of events: what is committed, in the order of the offsets. Safe for use by many threads. */
interface EventLog extends AutoCloseable {

    /** How many partitions it has. */
    int partitions();

    /** From where to where it goes now; completed exceptionally if Kafka does not say, within a bounded time. */
    CompletableFuture<Extent> extent();

    /** A reader, which is the caller's to close. */
    Reader reader();

    @Override
    void close();

    /**
     * From where to where the log goes.
     *
     * @param first before everything that is still kept
     * @param end behind everything that is committed
     */
    record Extent(FeedPosition first, FeedPosition end) {}

    /**
     * What was read.
     *
     * @param records those of a partition in their order
     * @param next where every partition that is read goes on; behind what was aborted, too
     */
    record Batch(List<ConsumerRecord<byte[], byte[]>> records, Map<Integer, Long> next) {}

    /** Reads the log. For use by one thread at a time, but for {@link #wakeUp}. */
    interface Reader extends AutoCloseable {

        /** Goes to a place, and from there on reads these partitions only. */
        void seek(FeedPosition position, List<Integer> partitions);

        /**
         * Reads on, as soon as there is something; empty if there is nothing for so long.
         *
         * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if the log does not have the place any more
         * @throws org.apache.kafka.common.KafkaException if it cannot be read now, or when woken up
         */
        Batch read(Duration atMost);

        /** Has the thread that reads, or else the next, stop reading. */
        void wakeUp();

        /** Ends it, fast. */
        @Override
        void close();
    }
}
