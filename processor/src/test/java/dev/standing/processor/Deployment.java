package dev.standing.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.verify.Verification;
import dev.standing.audit.verify.VerificationOptions;
import dev.standing.audit.verify.VerificationReport;
import dev.standing.audit.whatif.WhatIf;
import dev.standing.audit.whatif.WhatIfReport;
import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.domain.policy.Policy;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.AvroSerializer;
import dev.standing.serde.GeneratedClasses;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.service.settings.Settings;
import dev.standing.testing.CommittedRecords;
import dev.standing.testing.TestPlatform;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicProvisioning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Topics of its own on a real broker, what is sent to them, and what comes of it. */
final class Deployment implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int PARTITIONS = 4;
    private static final AtomicInteger COUNT = new AtomicInteger();

    static {
        GeneratedClasses.trust();
    }

    final TopicCatalogue topics;

    private final TestPlatform platform;
    private final SchemaRegistryClient registry;
    private final String prefix;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroSerializer<CustomerCommand> serializer;
    private final List<Exception> failures = new CopyOnWriteArrayList<>();

    private Deployment(TestPlatform platform) {
        this.platform = platform;
        this.prefix = platform.topicPrefix() + "deployment" + COUNT.incrementAndGet() + ".";
        this.registry = new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()));
        this.topics = new TopicCatalogue(prefix, PARTITIONS, 1);
        this.serializer = new AvroSerializer<>(registry, false);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.bootstrapServers(), "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Creates topics and registers schemas. */
    static Deployment on(TestPlatform platform) {
        Deployment deployment = new Deployment(platform);
        Map<String, String> kafka = Map.of("bootstrap.servers", platform.bootstrapServers());
        try (TopicProvisioning provisioning = TopicProvisioning.connect(kafka, deployment.topics)) {
            provisioning.provision();
        }
        new SchemaProvisioning(deployment.registry, deployment.topics).provision();
        return deployment;
    }

    /**
     * An auditor finds nothing wrong with what has been written so far, and that the same policy decides the same.
     *
     * @param policy the one that was in force
     */
    void assertAuditHolds(Policy policy) {
        try (AuditLog log = AuditLog.open(ConnectionSettings.from(connection(), List.of()))) {
            VerificationReport report = new Verification(log, VerificationOptions.of(Range.ALL, 2), Progress.NONE)
                    .run()
                    .report();
            assertThat(report.findings()).as("findings").isEmpty();
            assertThat(report.holds()).isTrue();
            assertThat(report.events()).isEqualTo(events().size());
            WhatIfReport again = new WhatIf(policy, 10).of(log, Range.ALL, 2, Progress.NONE);
            assertThat(again.isSame()).as("%s", again.text()).isTrue();
            assertThat(again.totals().commands()).isEqualTo(results().size());
            assertThat(again.leftOut().untold()).isZero();
        }
    }

    /** Settings of a processor of this deployment. */
    Settings settings(Path stateDirectory) {
        Map<String, String> values = new HashMap<>();
        values.put("processor.query.port", "0");
        values.put("processor.state.dir", stateDirectory.toString());
        values.put("processor.streams.consumer.session.timeout.ms", "6000");
        return connection().with(values);
    }

    private Settings connection() {
        return Settings.of(Map.of(
                "kafka.bootstrap.servers", platform.bootstrapServers(),
                "schema.registry.url", platform.registryUrl(),
                "topics.prefix", prefix,
                "topics.partitions", Integer.toString(PARTITIONS),
                "topics.replication.factor", "1"));
    }

    void send(CustomerCommand command) {
        byte[] value = serializer.serialize(topics.commands().name(), command);
        send(new ProducerRecord<>(
                topics.commands().name(), command.getCustomerId().getBytes(UTF_8), value));
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> unused = producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                failures.add(failure);
            }
        });
    }

    List<CommandResult> results() {
        return decoded(topics.results().name(), CommandResult.class);
    }

    List<CommandResult> awaitResults(int atLeast) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(this::results, found -> found.size() >= atLeast);
    }

    List<CustomerEvent> events() {
        return decoded(topics.events().name(), CustomerEvent.class);
    }

    List<CustomerEvent> awaitEvents(int atLeast) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(this::events, found -> found.size() >= atLeast);
    }

    List<Customer> customers() {
        return decoded(topics.customers().name(), Customer.class);
    }

    List<SubordinateUpdate> subordinateUpdates() {
        return decoded(topics.subordinateUpdates().name(), SubordinateUpdate.class);
    }

    /** The topic from which a store of the processors is restored. */
    String changelog(String store) {
        return prefix + "processor-" + store + "-changelog";
    }

    /** Where a processor keeps the stores of a partition of the commands. */
    Path stores(Path stateDirectory, int partition) {
        return stateDirectory.resolve(prefix + "processor").resolve("0_" + partition);
    }

    /** A store's changelog has become so old that nothing of it is left. */
    void expireChangelog(String store) throws Exception {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            all.put(new TopicPartition(changelog(store), partition), RecordsToDelete.beforeOffset(-1));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
            admin.deleteRecords(all).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Whoever processes now is told by the broker that another has taken its place, and its transaction is aborted. */
    void fenceProcessors() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
            List<String> transactionalIds =
                    admin.listTransactions().all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).stream()
                            .map(TransactionListing::transactionalId)
                            .filter(id -> id.startsWith(prefix))
                            .toList();
            assertThat(transactionalIds).isNotEmpty();
            admin.fenceProducers(transactionalIds).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Counts the results as they come. */
    ResultCount resultCount() {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", platform.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topics.results().name(), partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new ResultCount(consumer);
    }

    /** How many results there are. For one thread. */
    static final class ResultCount implements AutoCloseable {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private int count;

        private ResultCount(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        /** Waits until there are so many. */
        void await(int expected) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        count += consumer.poll(Duration.ofMillis(20)).count();
                        return count >= expected;
                    });
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    /** Everything that is committed in a topic, as it is. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return CommittedRecords.read(platform.bootstrapServers(), topic);
    }

    private <T extends SpecificRecord> List<T> decoded(String topic, Class<T> type) {
        try (AvroDeserializer<T> deserializer = new AvroDeserializer<>(registry, type, false)) {
            return read(topic).stream()
                    .map(record -> deserializer.deserialize(topic, record.headers(), record.value()))
                    .toList();
        }
    }

    @Override
    public void close() {
        producer.close();
        registry.close();
        assertThat(failures).isEmpty();
    }
}
