package dev.standing.audit.testing;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.headers.HeaderText;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroSerializer;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** Writes records to a real broker, in their transactions. For one thread. */
final class PaperWriter implements AutoCloseable {

    private static final Map<PaperTopic, Schema> SCHEMAS = Map.of(
            PaperTopic.COMMANDS, CustomerCommand.getClassSchema(),
            PaperTopic.EVENTS, CustomerEvent.getClassSchema(),
            PaperTopic.RESULTS, CommandResult.getClassSchema(),
            PaperTopic.CUSTOMERS, Customer.getClassSchema(),
            PaperTopic.SUBORDINATE_UPDATES, SubordinateUpdate.getClassSchema(),
            PaperTopic.EXTERNAL_IDS, ExternalIdClaim.getClassSchema());

    private final ConnectionSettings connection;
    private final TopicCatalogue topics;
    private final SchemaRegistryClient registry;
    private final AvroSerializer<SpecificRecord> serializer;

    PaperWriter(ConnectionSettings connection) {
        this.connection = connection;
        this.topics =
                new TopicCatalogue(connection.topicPrefix(), connection.partitions(), connection.replicationFactor());
        this.registry = new SchemaRegistryClient(connection.registry());
        this.serializer = new AvroSerializer<>(registry, false);
    }

    void provision() {
        try (Admin admin = Admin.create(Map.copyOf(connection.kafka()))) {
            await(admin.createTopics(topics.all().stream().map(this::newTopic).toList())
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture());
        }
        new SchemaProvisioning(registry, topics).provision();
    }

    private static void await(Future<?> done) {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Paper is old: a broker would delete it as soon as it looks. */
    private NewTopic newTopic(TopicDefinition topic) {
        Map<String, String> configs = new HashMap<>(topic.configs());
        configs.replace(TopicConfig.RETENTION_MS_CONFIG, "-1");
        return new NewTopic(topic.name(), Optional.of(topics.partitions()), Optional.empty()).configs(configs);
    }

    void write(List<PaperRecord> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> plain = producer(Map.of());
                Producer<byte[], byte[]> transactional = producer(Map.of("transactional.id", "" + UUID.randomUUID()))) {
            transactional.initTransactions();
            OptionalInt open = OptionalInt.empty();
            for (PaperRecord record : records) {
                if (record.transaction().isEmpty()) {
                    sent.add(plain.send(toProduce(record)));
                    continue;
                }
                if (open.isPresent() && !open.equals(record.transaction())) {
                    transactional.commitTransaction();
                }
                if (!open.equals(record.transaction())) {
                    transactional.beginTransaction();
                    open = record.transaction();
                }
                sent.add(transactional.send(toProduce(record)));
            }
            if (open.isPresent()) {
                transactional.commitTransaction();
            }
        }
        sent.forEach(PaperWriter::await);
    }

    private ProducerRecord<byte[], byte[]> toProduce(PaperRecord record) {
        TopicDefinition topic = record.topic().in(topics);
        Headers headers = new RecordHeaders();
        record.headers().forEach((name, value) -> HeaderText.write(headers, name, value));
        byte[] value = record.payload()
                .map(payload -> record.framed()
                        ? serializer.frame(topic.name(), SCHEMAS.get(record.topic()), payload)
                        : payload)
                .orElse(null);
        return new ProducerRecord<>(
                topic.name(),
                record.partition(),
                record.timestamp().toEpochMilli(),
                Utils.utf8(record.key()),
                value,
                headers);
    }

    private Producer<byte[], byte[]> producer(Map<String, String> more) {
        Map<String, Object> settings = new HashMap<>(connection.kafka());
        settings.put("linger.ms", "0");
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        registry.close();
    }
}
