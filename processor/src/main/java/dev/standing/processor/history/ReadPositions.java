package dev.standing.processor.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the read model has got in each partition. Stream threads tell, queries wait. Safe for use by many threads.
 *
 * <p>A consumer that reads committed records alone sees the markers of transactions, and what was aborted, only in its
 * position. So a partition has been read up to the consumer's position if everything that was returned from it has been
 * processed, and otherwise up to the first record that was not.
 *
 * <p>Nothing is known of a partition unless its task is open and the consumer has been polled since it was assigned or
 * sought: what was known before may be ahead of what the stores hold now.
 */
final class ReadPositions {

    private static final long NONE = -1;

    private final Map<TopicPartition, Progress> partitions = new HashMap<>();
    private long opened;

    /**
     * What entitles to read the stores of a partition: they hold all that was asked for, for as long as it
     * {@linkplain #isValid is valid}.
     *
     * @param incarnation counts how often tasks have been opened
     */
    record ReadPoint(TopicPartition partition, long incarnation) {}

    private record Waiter(long offset, CompletableFuture<ReadPoint> reached) {}

    private static final class Progress {

        /** Which opening of the task this is; {@link #NONE}: it is not open. */
        private long incarnation = NONE;

        /** The consumer's; {@link #NONE}: not known. */
        private long position = NONE;

        private long lastReturned = NONE;
        private long lastProcessed = NONE;

        /** Everything below is in the stores; {@link #NONE}: not known. */
        private long reached = NONE;

        private final List<Waiter> waiters = new ArrayList<>();

        boolean isKnown() {
            return incarnation != NONE && reached != NONE;
        }

        void forgetPosition() {
            position = NONE;
            lastReturned = NONE;
            lastProcessed = NONE;
            reached = NONE;
        }

        List<Waiter> takeSatisfied() {
            List<Waiter> satisfied = new ArrayList<>();
            if (isKnown() && !waiters.isEmpty()) {
                waiters.removeIf(waiter -> waiter.offset() <= reached && satisfied.add(waiter));
            }
            return satisfied;
        }
    }

    /** The stores of the partition's task are restored and can be read. */
    void opened(TopicPartition partition) {
        complete(partition, progress -> progress.incarnation = ++opened);
    }

    /** They cannot be read any more. */
    synchronized void closed(TopicPartition partition) {
        Progress progress = progress(partition);
        progress.incarnation = NONE;
        progress.forgetPosition();
    }

    /** The consumer goes on at another place, or not at all: nothing is known before it is polled again. */
    synchronized void moved(TopicPartition partition) {
        progress(partition).forgetPosition();
    }

    /**
     * The consumer was polled.
     *
     * @param position where it goes on
     * @param lastReturned the offset of the partition's last record that the poll returned
     */
    void polled(TopicPartition partition, long position, OptionalLong lastReturned) {
        complete(partition, progress -> {
            progress.position = position;
            progress.lastReturned = lastReturned.orElse(progress.lastReturned);
            if (progress.lastProcessed >= progress.lastReturned) {
                progress.reached = position;
            }
        });
    }

    /** What came of a record is in the stores. */
    void processed(TopicPartition partition, long offset) {
        complete(partition, progress -> {
            if (offset > progress.lastReturned) {
                return; // It was returned before the consumer was moved.
            }
            progress.lastProcessed = offset;
            progress.reached = offset == progress.lastReturned ? progress.position : offset + 1;
        });
    }

    private interface Change {
        void apply(Progress progress);
    }

    private void complete(TopicPartition partition, Change change) {
        List<Waiter> satisfied;
        ReadPoint point;
        synchronized (this) {
            Progress progress = progress(partition);
            change.apply(progress);
            satisfied = progress.takeSatisfied();
            point = new ReadPoint(partition, progress.incarnation);
        }
        satisfied.forEach(waiter -> waiter.reached().complete(point));
    }

    /** Whether the partition's stores are open here. */
    synchronized boolean isOpen(TopicPartition partition) {
        return partitions.containsKey(partition) && progress(partition).incarnation != NONE;
    }

    /** The partitions of a topic whose stores are open here. */
    synchronized List<TopicPartition> open(String topic) {
        return partitions.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue().incarnation != NONE)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether the stores have been open all the time since the point was given. */
    synchronized boolean isValid(ReadPoint point) {
        return progress(point.partition()).incarnation == point.incarnation();
    }

    /** Up to where everything is in the stores; empty if that is not known. */
    synchronized OptionalLong reached(TopicPartition partition) {
        Progress progress = progress(partition);
        return progress.isKnown() ? OptionalLong.of(progress.reached) : OptionalLong.empty();
    }

    /**
     * Completes a future as soon as everything below an offset is in the stores. One that is completed otherwise before,
     * waits no longer.
     */
    void whenReached(TopicPartition partition, long offset, CompletableFuture<ReadPoint> reached) {
        Waiter waiter = new Waiter(offset, reached);
        complete(partition, progress -> progress.waiters.add(waiter));
        CompletableFuture<ReadPoint> unused = reached.whenComplete((point, failure) -> {
            if (failure != null) {
                remove(partition, waiter);
            }
        });
    }

    private synchronized void remove(TopicPartition partition, Waiter waiter) {
        progress(partition).waiters.remove(waiter);
    }

    private Progress progress(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, unknown -> new Progress());
    }
}
