package dev.standing.processor.history;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the brokers where partitions end. Safe for use by many threads.
 *
 * <p>The end is the high watermark, and not the last stable offset: the markers of one transaction reach its partitions
 * at different times, so whoever has a result may have it before the events' marker is written.
 */
final class EndOffsets {

    private final Admin admin;
    private final Duration timeout;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();

    /** The questions about one partition: one is under way at most, and those that come meanwhile share the next. */
    private static final class Lane {
        private boolean underWay;
        private CompletableFuture<Long> next = new CompletableFuture<>();
        private boolean nextIsWanted;
    }

    /**
     * Asks through this client, which stays the caller's to close.
     *
     * @param timeout how long an answer is waited for
     */
    EndOffsets(Admin admin, Duration timeout) {
        this.admin = admin;
        this.timeout = timeout;
    }

    /**
     * An offset that all records are below that had been acknowledged when this was called.
     *
     * @return fails if the brokers do not tell in time; completed by the client's thread
     */
    CompletableFuture<Long> end(TopicPartition partition) {
        CompletableFuture<Long> end;
        synchronized (this) {
            Lane lane = lanes.computeIfAbsent(partition, unknown -> new Lane());
            end = lane.next;
            if (lane.underWay) {
                lane.nextIsWanted = true;
                return end;
            }
            lane.underWay = true;
            lane.next = new CompletableFuture<>();
        }
        ask(partition, end);
        return end;
    }

    private void ask(TopicPartition partition, CompletableFuture<Long> end) {
        ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
        options.timeoutMs(Math.toIntExact(timeout.toMillis()));
        KafkaFuture<ListOffsetsResultInfo> unused = admin.listOffsets(Map.of(partition, OffsetSpec.latest()), options)
                .partitionResult(partition)
                .whenComplete((info, failure) -> {
                    askNext(partition);
                    if (failure == null) {
                        end.complete(info.offset());
                    } else {
                        end.completeExceptionally(failure);
                    }
                });
    }

    private void askNext(TopicPartition partition) {
        CompletableFuture<Long> end;
        synchronized (this) {
            Lane lane = lanes.get(partition);
            if (!lane.nextIsWanted) {
                lane.underWay = false;
                return;
            }
            end = lane.next;
            lane.next = new CompletableFuture<>();
            lane.nextIsWanted = false;
        }
        ask(partition, end);
    }
}
