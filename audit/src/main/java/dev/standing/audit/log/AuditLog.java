package dev.standing.audit.log;

import dev.standing.registry.SchemaRegistryClient;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topics of one deployment, to be read only: no group is joined, no offset committed, nothing written. Safe for use by
 * many threads.
 */
public final class AuditLog implements AutoCloseable {

    /** What a consumer of an audit is set to, unless the settings say otherwise. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "default.api.timeout.ms", "15000",
            "max.poll.records", "5000",
            "fetch.max.bytes", "16777216",
            "max.partition.fetch.bytes", "4194304");

    private final Map<String, Object> consumers;
    private final TopicCatalogue catalogue;
    private final SchemaRegistryClient registry;

    private AuditLog(ConnectionSettings connection) {
        this.consumers = new HashMap<>(DEFAULTS);
        consumers.putAll(connection.kafka());
        consumers.put("isolation.level", "read_committed");
        consumers.put("enable.auto.commit", "false");
        consumers.put("auto.offset.reset", "none");
        consumers.remove("group.id");
        this.catalogue =
                new TopicCatalogue(connection.topicPrefix(), connection.partitions(), connection.replicationFactor());
        this.registry = new SchemaRegistryClient(connection.registry());
    }

    /** The log of a deployment. Nothing is asked of Kafka or of the registry yet. */
    public static AuditLog open(ConnectionSettings connection) {
        return new AuditLog(connection);
    }

    /** The topics by their names. */
    public TopicCatalogue topics() {
        return catalogue;
    }

    /**
     * The part of each partition that a range is now, by partition. It ends before the first record of a transaction that
     * is still open.
     *
     * @throws LogUnavailableException if Kafka does not answer, or has no such topic
     * @throws IllegalArgumentException if the range names a partition that there is not
     */
    public List<Slice> slices(TopicDefinition topic, Range range) {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic.name());
            // Kafka warns of offsets of partitions that nobody reads.
            consumer.assign(partitions);
            Map<TopicPartition, Long> firsts = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> from = offsets(consumer, partitions, range.from(), firsts, ends);
            Map<TopicPartition, Long> to = offsets(consumer, partitions, range.to(), ends, ends);
            return partitions.stream()
                    .map(partition -> slice(
                            partition,
                            firsts.get(partition),
                            from.get(partition),
                            Math.min(to.get(partition), ends.get(partition))))
                    .toList();
        } catch (KafkaException e) {
            throw new LogUnavailableException(
                    "The topic " + topic.name() + " cannot be read from " + consumers.get("bootstrap.servers"), e);
        }
    }

    /** As {@link #slices}, of one partition. */
    public Slice slice(TopicDefinition topic, Range range, int partition) {
        return slices(topic, range).get(partition);
    }

    /**
     * Whether a transaction may be open in a partition, so that committed records can come to light behind its end that
     * were written before now. If not, an end that is taken from now on is behind all that was committed until now.
     *
     * @throws LogUnavailableException if Kafka does not answer
     */
    public boolean hasOpenTransaction(TopicDefinition topic, int partition) {
        TopicPartition asked = new TopicPartition(topic.name(), partition);
        Map<String, Object> uncommitted = new HashMap<>(consumers);
        uncommitted.put("isolation.level", "read_uncommitted");
        try (Consumer<byte[], byte[]> all = consumer(uncommitted);
                Consumer<byte[], byte[]> committed = consumer()) {
            all.assign(List.of(asked));
            committed.assign(List.of(asked));
            long written = all.endOffsets(List.of(asked)).get(asked);
            return committed.endOffsets(List.of(asked)).get(asked) < written;
        } catch (KafkaException e) {
            throw new LogUnavailableException(
                    "The topic " + topic.name() + " cannot be read from " + consumers.get("bootstrap.servers"), e);
        }
    }

    private static Slice slice(TopicPartition partition, long first, long from, long to) {
        long begin = Math.max(first, from);
        return new Slice(partition.topic(), partition.partition(), first, begin, Math.max(begin, to));
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        List<PartitionInfo> found =
                Optional.ofNullable(consumer.listTopics().get(topic)).orElse(List.of());
        if (found.isEmpty()) {
            throw new LogUnavailableException("There is no topic " + topic + ": is topics.prefix right?");
        }
        return found.stream()
                .map(PartitionInfo::partition)
                .sorted()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static Map<TopicPartition, Long> offsets(
            Consumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Bound bound,
            Map<TopicPartition, Long> open,
            Map<TopicPartition, Long> ends) {
        if (bound instanceof Bound.AtOffset at) {
            return each(partitions, partition -> at.offset());
        }
        if (bound instanceof Bound.AtOffsets at) {
            at.offsets().keySet().stream()
                    .filter(number -> number >= partitions.size())
                    .findFirst()
                    .ifPresent(number -> {
                        throw new IllegalArgumentException("There is no partition " + number + " of "
                                + partitions.get(0).topic() + ", which has " + partitions.size());
                    });
            return each(partitions, partition -> at.offsets().getOrDefault(partition.partition(), open.get(partition)));
        }
        if (bound instanceof Bound.AtTime at) {
            Map<TopicPartition, OffsetAndTimestamp> found =
                    consumer.offsetsForTimes(each(partitions, partition -> millis(at.time())));
            return each(
                    partitions,
                    partition -> Optional.ofNullable(found.get(partition))
                            .map(OffsetAndTimestamp::offset)
                            .orElse(ends.get(partition)));
        }
        return open;
    }

    /** Kafka knows no time before 1970. */
    private static long millis(Instant time) {
        return Math.max(0, time.toEpochMilli());
    }

    private static Map<TopicPartition, Long> each(
            List<TopicPartition> partitions, Function<TopicPartition, Long> offset) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach(partition -> offsets.put(partition, offset.apply(partition)));
        return offsets;
    }

    /**
     * The records of a slice.
     *
     * @param progress told of each offset once
     * @return for one thread, which closes it
     */
    public RecordCursor records(Slice slice, Progress progress) {
        return new RecordCursor(consumer(), slice, progress);
    }

    /**
     * Reads values as a class, whatever version of its schema they were written with.
     *
     * @param <T> a generated class
     */
    public <T extends SpecificRecord> ValueReader<T> reader(Class<T> type) {
        return new ValueReader<>(registry, type);
    }

    private Consumer<byte[], byte[]> consumer() {
        return consumer(consumers);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Closes the connection to the registry; cursors are closed by those who opened them. */
    @Override
    public void close() {
        registry.close();
    }
}
