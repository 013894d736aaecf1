package dev.standing.audit.verify;

import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.audit.testing.PaperLog;
import dev.standing.audit.testing.PaperRecord;
import dev.standing.audit.testing.PaperTopic;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.WireFormat;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.testing.TestPlatform;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Copies of a log on paper, each in topics of its own on a real broker, and cheap: they have events and customers only, by
 * one producer and in no transactions, so that all offsets follow each other. The topics of many are created at once.
 */
final class TamperedCopies implements AutoCloseable {

    private static final int AT_ONCE = 14;

    private final PaperLog paper;
    private final TestPlatform platform;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Map<PaperTopic, Integer> schemas;
    private final Queue<ConnectionSettings> ready = new ArrayDeque<>();
    private int created;

    TamperedCopies(PaperLog paper, TestPlatform platform) {
        this.paper = paper;
        this.platform = platform;
        Map<String, Object> kafka = Map.of("bootstrap.servers", platform.bootstrapServers());
        this.admin = Admin.create(kafka);
        this.producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        try (SchemaRegistryClient registry =
                new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()))) {
            this.schemas = Map.of(
                    PaperTopic.EVENTS, registry.register("copies-events", CustomerEvent.getClassSchema()),
                    PaperTopic.CUSTOMERS, registry.register("copies-customers", Customer.getClassSchema()));
        }
    }

    /** Events where they lie in a copy that nobody tampered with, by partition. */
    static List<LoggedEvent> events(PaperLog.Partition partition) {
        return IntStream.range(0, partition.events().size())
                .mapToObj(index -> {
                    LoggedEvent event = partition.events().get(index);
                    return new LoggedEvent(new Place(event.place().partition(), index), event.event(), event.hash());
                })
                .toList();
    }

    /** How a copy is reached that has what becomes of the records. */
    ConnectionSettings copy(UnaryOperator<List<PaperRecord>> tampering) throws Exception {
        if (ready.isEmpty()) {
            create();
        }
        ConnectionSettings copy = ready.remove();
        append(copy, tampering.apply(paper.records()));
        return copy;
    }

    /** How any log on that broker is read. A consumer that is closed waits for what it has asked the broker for. */
    ConnectionSettings connection(String prefix) {
        return new ConnectionSettings(
                Map.of("bootstrap.servers", platform.bootstrapServers(), "fetch.max.wait.ms", "10"),
                Map.of("schema.registry.url", platform.registryUrl()),
                prefix,
                paper.plan().partitions(),
                TopicCatalogue.BROKER_DEFAULT_REPLICATION);
    }

    private void create() throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            created++;
            ConnectionSettings copy = connection(platform.topicPrefix() + "copy" + created + ".");
            ready.add(copy);
            for (PaperTopic topic : schemas.keySet()) {
                TopicDefinition definition = topic.in(catalogue(copy));
                topics.add(new NewTopic(definition.name(), Optional.of(copy.partitions()), Optional.empty())
                        .configs(definition.configs()));
            }
        }
        admin.createTopics(topics).all().get();
    }

    /** Writes records to where others were written before. */
    void append(ConnectionSettings copy, List<PaperRecord> records) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (PaperRecord record : records) {
            if (schemas.containsKey(record.topic())) {
                sent.add(producer.send(toProduce(copy, record)));
            }
        }
        producer.flush();
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    private ProducerRecord<byte[], byte[]> toProduce(ConnectionSettings copy, PaperRecord record) {
        byte[] value = record.payload()
                .map(payload -> record.framed() ? WireFormat.frame(schemas.get(record.topic()), payload) : payload)
                .orElse(null);
        return new ProducerRecord<>(
                record.topic().in(catalogue(copy)).name(),
                record.partition(),
                record.timestamp().toEpochMilli(),
                Utils.utf8(record.key()),
                value);
    }

    /** Deletes the events before a place. */
    void cut(ConnectionSettings copy, Place place) throws Exception {
        Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
        before.put(
                new TopicPartition(catalogue(copy).events().name(), place.partition()),
                RecordsToDelete.beforeOffset(place.offset()));
        admin.deleteRecords(before).all().get();
    }

    private static TopicCatalogue catalogue(ConnectionSettings copy) {
        return new TopicCatalogue(copy.topicPrefix(), copy.partitions(), copy.replicationFactor());
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
