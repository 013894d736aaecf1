package dev.standing.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.verify.Verification;
import dev.standing.audit.verify.VerificationOptions;
import dev.standing.audit.verify.VerificationReport;
import dev.standing.avro.ChangeState;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.RegisterCustomer;
import dev.standing.avro.ResultStatus;
import dev.standing.gateway.GatewayService;
import dev.standing.processor.ProcessorService;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroPayload;
import dev.standing.serde.GeneratedClasses;
import dev.standing.serde.WireFormat;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.service.settings.Settings;
import dev.standing.testing.CommittedRecords;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import dev.standing.topics.TopicProvisioning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In the midst of a load the broker is away for half a minute, and then the registry for a minute, with commands
 * between them that only the registry can explain: nothing accepted is lost, nothing is applied twice or given up, and
 * both services go on by themselves.
 */
@OnAnyPlatform
@Tag("outage")
class OutageIT {

    private static final int PARTITIONS = 4;

    /** Each sends two requests. */
    private static final int CUSTOMERS_PER_SECOND = 25;

    private static final Duration UNDISTURBED = Duration.ofSeconds(5);
    private static final Duration WITHOUT_BROKER = Duration.ofSeconds(30);
    private static final Duration WITHOUT_REGISTRY = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final List<CustomerCommand> LATER_COMMANDS = List.of(
            laterCommand("later-registered")
                    .setType(CommandType.REGISTER_CUSTOMER)
                    .setRegisterCustomer(RegisterCustomer.newBuilder().build())
                    .build(),
            laterCommand("later-suspended")
                    .setType(CommandType.CHANGE_STATE)
                    .setChangeState(ChangeState.newBuilder()
                            .setState(CustomerState.SUSPENDED)
                            .setDefaultReason(true)
                            .build())
                    .build());

    @TempDir
    private Path directory;

    private TestPlatform platform;
    private SchemaRegistryClient registry;
    private TopicCatalogue topics;
    private ProcessorService processor;
    private GatewayService gateway;

    @BeforeEach
    void start() {
        GeneratedClasses.trust();
        platform = TestPlatform.start();
        registry = new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()));
        topics = new TopicCatalogue(platform.topicPrefix(), PARTITIONS, 1);
        try (TopicProvisioning provisioning = TopicProvisioning.connect(kafka(), topics)) {
            provisioning.provision();
        }
        new SchemaProvisioning(registry, topics).provision();
        processor = ProcessorService.start(settings(Map.of(
                "processor.query.port",
                "0",
                "processor.state.dir",
                directory.resolve("state").toString())));
        gateway = GatewayService.start(settings(Map.of(
                "gateway.port", "0",
                "gateway.open", "true",
                "gateway.processors", processor.url(),
                "gateway.reply.timeout", "PT5S")));
    }

    @AfterEach
    void stop() {
        gateway.close();
        processor.close();
        registry.close();
        platform.close();
    }

    @Test
    void nothingIsLostOrGivenUpWhileTheBrokerAndThenTheRegistryAreAway() throws Exception {
        awaitReady();
        try (SteadyLoad load = new SteadyLoad(gateway.url(), CUSTOMERS_PER_SECOND);
                Pulse alive = new Pulse(gateway.url() + "/health/live", Set.of(200), Duration.ofSeconds(5))) {
            pass(UNDISTURBED);
            withoutBroker(load);
            pass(UNDISTURBED);
            withoutRegistry(load);
            pass(UNDISTURBED);
            load.endComing();
            awaiting().until(() -> load.allServed() || !load.wrong().isEmpty());

            assertThat(load.wrong()).isEmpty();
            assertThat(alive.wrong()).isEmpty();
            assertAppliedOnce(load.requests());
            assertAllSuspended();
        }
        assertThat(read(topics.deadLetters())).isEmpty();
        assertAuditHolds();
    }

    private void withoutBroker(SteadyLoad load) {
        platform.takeBrokerAway();
        long away = System.nanoTime();
        pass(WITHOUT_BROKER);
        long returning = System.nanoTime();
        platform.bringBrokerBack();
        assertThat(load.told())
                .filteredOn(told -> told.sent() > away && told.answered() < returning)
                .isNotEmpty()
                .allMatch(told -> told.status() == 503 || told.status() == 202);
        awaitReady();
    }

    /** Commands come with a schema that the processor has not met; they, and those behind them, wait. */
    private void withoutRegistry(SteadyLoad load) throws Exception {
        int laterSchema = registerLaterSchema();
        platform.takeRegistryAway();
        sendLaterCommands(laterSchema);
        // Its group may just be settling once more after the broker was back.
        awaiting()
                .untilAsserted(() -> assertThat(processor.obstacles())
                        .isNotEmpty()
                        .allMatch(obstacle -> obstacle.contains("wait for the schema registry")));
        long away = System.nanoTime();
        pass(WITHOUT_REGISTRY);
        assertThat(load.told())
                .as("customers of other partitions")
                .anyMatch(told -> told.sent() > away && told.status() == 201);
        assertThat(processor.obstacles()).isNotEmpty();
        platform.bringRegistryBack();
        awaitReady();
    }

    private void assertAppliedOnce(Set<String> requests) {
        Set<String> all = new HashSet<>(requests);
        LATER_COMMANDS.forEach(command -> all.add(command.getRequestId().orElseThrow()));
        List<CommandResult> results = values(topics.results(), CommandResult.class).stream()
                .filter(result -> !result.getReplayed())
                .toList();
        assertThat(results)
                .extracting(result -> result.getRequestId().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(results)
                .extracting(CommandResult::getStatus)
                .containsOnly(ResultStatus.REGISTERED, ResultStatus.APPLIED);
    }

    /** As the events tell it, and as the topic of customers does. */
    private void assertAllSuspended() {
        Map<String, CustomerState> told = values(topics.customers(), Customer.class).stream()
                .collect(Collectors.toMap(
                        Customer::getCustomerId, customer -> customer.getState().getState(), (before, after) -> after));
        Set<String> suspended = values(topics.events(), CustomerEvent.class).stream()
                .filter(event -> event.getRequestId().orElseThrow().endsWith("-suspended"))
                .map(CustomerEvent::getCustomerId)
                .collect(Collectors.toSet());
        assertThat(told).hasSameSizeAs(suspended);
        assertThat(suspended)
                .isNotEmpty()
                .allSatisfy(customer -> assertThat(told).containsEntry(customer, CustomerState.SUSPENDED));
    }

    private void assertAuditHolds() {
        try (AuditLog log = AuditLog.open(ConnectionSettings.from(settings(Map.of()), List.of()))) {
            VerificationReport report = new Verification(log, VerificationOptions.of(Range.ALL, 2), Progress.NONE)
                    .run()
                    .report();
            assertThat(report.findings()).isEmpty();
            assertThat(report.holds()).isTrue();
            assertThat(report.events())
                    .isEqualTo(values(topics.events(), CustomerEvent.class).size());
        }
    }

    /** The next version of the commands' schema, with one field more, which comes first. */
    private int registerLaterSchema() {
        String later = CustomerCommand.getClassSchema()
                .toString()
                .replaceFirst(
                        "\"fields\":\\[",
                        "\"fields\":[{\"name\":\"added\",\"type\":[\"null\",\"string\"],\"default\":null},");
        return registry.register(topics.commands().valueSubject(), new Schema.Parser().parse(later));
    }

    /** All of one customer, and so for one partition. */
    private void sendLaterCommands(int schema) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (CustomerCommand command : LATER_COMMANDS) {
                byte[] value = WireFormat.frame(schema, later(command));
                producer.send(new ProducerRecord<>(topics.commands().name(), "later".getBytes(UTF_8), value))
                        .get();
            }
        }
    }

    /** Null in the new field is one byte, 0, before all that there was. */
    private static byte[] later(CustomerCommand command) {
        byte[] payload = new AvroPayload<>(CustomerCommand.class).encode(command);
        byte[] longer = new byte[payload.length + 1];
        System.arraycopy(payload, 0, longer, 1, payload.length);
        return longer;
    }

    private static CustomerCommand.Builder laterCommand(String requestId) {
        return CustomerCommand.newBuilder()
                .setCommandId("cmd-" + requestId)
                .setCustomerId("later")
                .setRequestId(requestId)
                .setSource("test");
    }

    private void awaitReady() {
        awaiting().until(() -> processor.obstacles().isEmpty());
        awaiting().until(() -> gateway.obstacles().isEmpty());
    }

    private List<ConsumerRecord<byte[], byte[]>> read(TopicDefinition topic) {
        return CommittedRecords.read(platform.bootstrapServers(), topic.name());
    }

    private <T extends SpecificRecord> List<T> values(TopicDefinition topic, Class<T> type) {
        return Decoded.values(read(topic), registry, type);
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", platform.bootstrapServers());
    }

    private Settings settings(Map<String, String> own) {
        Map<String, String> all = new HashMap<>(own);
        all.put("kafka.bootstrap.servers", platform.bootstrapServers());
        all.put("schema.registry.url", platform.registryUrl());
        all.put("topics.prefix", platform.topicPrefix());
        all.put("topics.partitions", Integer.toString(PARTITIONS));
        all.put("topics.replication.factor", "1");
        return Settings.of(all);
    }

    /** Lets time pass: how long something is away is what this is about. */
    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }

    private static ConditionFactory awaiting() {
        return await().atMost(PATIENCE).dontCatchUncaughtExceptions();
    }
}
