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
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics of one deployment, to be read only: no group is joined, no offset committed, nothing written. Safe for use by
 * many threads.
 */
public final class AuditLog implements AutoCloseable {

    /** What a consumer of an audit is set to, unless the settings say otherwise. */
    private static final Map<String, String> DEFAULTS = Map.of(
            // At the end of a partition nothing more comes, and a request that is on its way is waited for.
            "fetch.max.wait.ms", "10",
            "default.api.timeout.ms", "15000",
            "max.poll.records", "5000",
            "fetch.max.bytes", "16777216",
            "max.partition.fetch.bytes", "4194304");

    private final String brokers;
    private final Consumers committed;
    private final Consumers uncommitted;
    private final TopicCatalogue catalogue;
    private final SchemaRegistryClient registry;

    private AuditLog(ConnectionSettings connection) {
        Map<String, Object> settings = new HashMap<>(DEFAULTS);
        settings.putAll(connection.kafka());
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "none");
        settings.remove("group.id");
        this.brokers = connection.kafka().get("bootstrap.servers");
        this.committed = new Consumers(with(settings, "read_committed"));
        this.uncommitted = new Consumers(with(settings, "read_uncommitted"));
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
     * @throws NoSuchPartitionException if the range names a partition that there is not
     */
    public List<Slice> slices(TopicDefinition topic, Range range) {
        try (Consumers.Loan loan = committed.lend()) {
            List<TopicPartition> partitions = partitions(loan.consumer(), topic.name());
            requirePartitions(range.from(), partitions);
            requirePartitions(range.to(), partitions);
            return slices(loan.consumer(), partitions, range);
        } catch (KafkaException e) {
            throw unreadable(topic, e);
        }
    }

    /** As {@link #slices}, of one partition, which there is. */
    public Slice slice(TopicDefinition topic, Range range, int partition) {
        try (Consumers.Loan loan = committed.lend()) {
            return slices(loan.consumer(), List.of(new TopicPartition(topic.name(), partition)), range)
                    .get(0);
        } catch (KafkaException e) {
            throw unreadable(topic, e);
        }
    }

    private static List<Slice> slices(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Range range) {
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
    }

    private LogUnavailableException unreadable(TopicDefinition topic, KafkaException cause) {
        return new LogUnavailableException("The topic " + topic.name() + " cannot be read from " + brokers, cause);
    }

    private static void requirePartitions(Bound bound, List<TopicPartition> partitions) {
        if (bound instanceof Bound.AtOffsets at) {
            at.offsets().keySet().stream()
                    .filter(number -> number >= partitions.size())
                    .findFirst()
                    .ifPresent(number -> {
                        throw new NoSuchPartitionException(
                                number, partitions.get(0).topic(), partitions.size());
                    });
        }
    }

    /**
     * Whether a transaction may be open in a partition, so that committed records can come to light behind its end that
     * were written before now. If not, an end that is taken from now on is behind all that was committed until now.
     *
     * @throws LogUnavailableException if Kafka does not answer
     */
    public boolean hasOpenTransaction(TopicDefinition topic, int partition) {
        TopicPartition asked = new TopicPartition(topic.name(), partition);
        try (Consumers.Loan all = uncommitted.lend();
                Consumers.Loan some = committed.lend()) {
            all.consumer().assign(List.of(asked));
            some.consumer().assign(List.of(asked));
            long written = all.consumer().endOffsets(List.of(asked)).get(asked);
            return some.consumer().endOffsets(List.of(asked)).get(asked) < written;
        } catch (KafkaException e) {
            throw unreadable(topic, e);
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
        return new RecordCursor(committed.lend(), slice, progress);
    }

    /**
     * Reads values as a class, whatever version of its schema they were written with.
     *
     * @param <T> a generated class
     */
    public <T extends SpecificRecord> ValueReader<T> reader(Class<T> type) {
        return new ValueReader<>(registry, type);
    }

    private static Map<String, Object> with(Map<String, Object> settings, String isolation) {
        Map<String, Object> isolated = new HashMap<>(settings);
        isolated.put("isolation.level", isolation);
        return isolated;
    }

    /** Closes all connections; cursors are closed before, by those who opened them. */
    @Override
    public void close() {
        committed.close();
        uncommitted.close();
        registry.close();
    }
}
