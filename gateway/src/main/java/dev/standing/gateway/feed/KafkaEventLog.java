package dev.standing.gateway.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The events topic, read as far as its transactions are committed. */
final class KafkaEventLog implements EventLog {

    private static final int REQUEST_TIMEOUT_MS = 3_000;
    private static final int EXTENT_TIMEOUT_MS = 5_000;
    private static final Duration CLOSE = Duration.ofMillis(200);

    /** What is read is sent to somebody soon, or read again: little at a time. */
    private static final int FETCH_PER_PARTITION = 256 * 1024;

    private static final int FETCH = 1024 * 1024;

    private final Map<String, Object> kafka;
    private final String topic;
    private final int partitions;
    private final Admin admin;

    private KafkaEventLog(Map<String, Object> kafka, String topic, int partitions, Admin admin) {
        this.kafka = kafka;
        this.topic = topic;
        this.partitions = partitions;
        this.admin = admin;
    }

    /**
     * Opens the log. Nothing is asked of Kafka yet.
     *
     * @param kafka settings of all Kafka clients
     */
    static KafkaEventLog open(Map<String, String> kafka, String topic, int partitions) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, "standing-gateway-feed");
        Map<String, Object> asking = new HashMap<>(config);
        asking.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        asking.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, EXTENT_TIMEOUT_MS);
        return new KafkaEventLog(config, topic, partitions, Admin.create(asking));
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public CompletableFuture<Extent> extent() {
        return offsets(OffsetSpec.earliest()).thenCombine(offsets(OffsetSpec.latest()), Extent::new);
    }

    private CompletableFuture<FeedPosition> offsets(OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> question = IntStream.range(0, partitions)
                .mapToObj(this::partition)
                .collect(Collectors.toMap(Function.identity(), partition -> spec));
        return admin.listOffsets(question, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(this::position);
    }

    private FeedPosition position(Map<TopicPartition, ListOffsetsResultInfo> offsets) {
        return FeedPosition.of(IntStream.range(0, partitions)
                .mapToLong(partition -> offsets.get(partition(partition)).offset())
                .toArray());
    }

    private TopicPartition partition(int partition) {
        return new TopicPartition(topic, partition);
    }

    @Override
    public Reader reader() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // To go on elsewhere would be to lose events, and nobody would know.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_PER_PARTITION);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        return new KafkaReader(new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    @Override
    public void close() {
        admin.close(CLOSE);
    }

    private final class KafkaReader implements Reader {

        private final Consumer<byte[], byte[]> consumer;

        KafkaReader(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void seek(FeedPosition position, List<Integer> wanted) {
            consumer.assign(wanted.stream().map(KafkaEventLog.this::partition).toList());
            wanted.forEach(partition -> consumer.seek(partition(partition), position.next(partition)));
        }

        @Override
        public Batch read(Duration atMost) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(atMost).forEach(records::add);
            Map<Integer, Long> next = new HashMap<>();
            for (TopicPartition partition : consumer.assignment()) {
                position(partition).ifPresent(offset -> next.put(partition.partition(), offset));
            }
            return new Batch(records, next);
        }

        /** Where a partition goes on; empty while its leader changes: the records alone tell then how far it came. */
        private Optional<Long> position(TopicPartition partition) {
            try {
                return Optional.of(consumer.position(partition, Duration.ZERO));
            } catch (TimeoutException e) {
                return Optional.empty();
            }
        }

        @Override
        public void wakeUp() {
            consumer.wakeup();
        }

        @Override
        public void close() {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }
}
