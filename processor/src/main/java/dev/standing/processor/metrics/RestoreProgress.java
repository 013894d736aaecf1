package dev.standing.processor.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How far stores are restored, of all Kafka Streams clients that tell it. Safe for use by many threads. */
final class RestoreProgress implements StateRestoreListener {

    private final Map<TopicPartition, Progress> restoring = new ConcurrentHashMap<>();
    private final LongConsumer restored;

    /** The consumer is told of how many records were restored, whenever some were. */
    RestoreProgress(LongConsumer restored) {
        this.restored = restored;
    }

    /** The changelog ends before the end; before the next all is restored. */
    private record Progress(long next, long end) {}

    /** How many records are left to restore. */
    long remaining() {
        return restoring.values().stream()
                .mapToLong(progress -> Math.max(0, progress.end() - progress.next()))
                .sum();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long startingOffset, long endingOffset) {
        restoring.put(changelog, new Progress(startingOffset, endingOffset));
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEndOffset, long count) {
        restored.accept(count);
        restoring.computeIfPresent(changelog, (same, progress) -> new Progress(batchEndOffset + 1, progress.end()));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long totalRestored) {
        restoring.remove(changelog);
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long totalRestored) {
        restoring.remove(changelog);
    }
}
