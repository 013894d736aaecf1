package dev.standing.processor.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.standing.avro.CancelChange;
import dev.standing.avro.ChangeState;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.ProposeChange;
import dev.standing.avro.RegisterCustomer;
import dev.standing.avro.RegisterSubordinates;
import dev.standing.avro.RemoveSubordinate;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateType;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.domain.policy.Policy;
import dev.standing.processor.intake.SchemaFetcher;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.processor.metrics.ProcessorMetrics;
import dev.standing.processor.output.OutputEncoder;
import dev.standing.processor.output.OutputSchemas;
import dev.standing.processor.timing.ThreadAgendas;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroPayload;
import dev.standing.serde.GeneratedClasses;
import dev.standing.serde.WireFormat;
import dev.standing.topics.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology under a TopologyTestDriver. The registry is one that cannot be reached: what the client is told to
 * remember is what can be decoded.
 */
final class TopologyFixture implements AutoCloseable {

    static final int COMMAND_SCHEMA = 7;
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final OutputSchemas OUTPUT = new OutputSchemas(11, 12, 13, 14, 15);

    static {
        GeneratedClasses.trust();
    }

    final TopicCatalogue topics;
    final MutableClock clock = new MutableClock(NOON);
    final SchemaRegistryClient registry = new SchemaRegistryClient(
            Map.of("schema.registry.url", "http://127.0.0.1:" + closedPort(), "schema.registry.retries", "0"));
    final WaitingTasks waiting = new WaitingTasks();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final ProcessorMetrics metrics = new ProcessorMetrics(meters, clock);
    final TopologyTestDriver driver;
    final TopologyDescription description;

    private final SchemaFetcher schemas = new SchemaFetcher(registry);
    private final TestInputTopic<byte[], byte[]> commands;

    TopologyFixture(Policy policy, Path stateDirectory, int partitions) {
        this(policy, stateDirectory, partitions, true);
    }

    /** One in which, if wanted, nobody decides whose an externalId is. */
    TopologyFixture(Policy policy, Path stateDirectory, int partitions, boolean decidesClaims) {
        topics = new TopicCatalogue("standing.", partitions, 1);
        registry.remember(new SchemaKey.Id(COMMAND_SCHEMA), CustomerCommand.getClassSchema());
        StandingTopology topology = new StandingTopology(
                topics,
                policy,
                registry,
                schemas,
                new OutputEncoder(OUTPUT),
                clock,
                waiting,
                new ThreadAgendas(() -> ChronoUnit.NANOS.between(NOON, clock.instant())),
                metrics);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        Topology built = decidesClaims ? topology.build() : new Topology();
        if (!decidesClaims) {
            topology.addCustomers(built);
        }
        description = built.describe();
        driver = new TopologyTestDriver(built, properties, NOON);
        commands =
                driver.createInputTopic(topics.commands().name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A port that nobody listens on: it was free a moment ago. */
    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(CustomerCommand command) {
        send(COMMAND_SCHEMA, command);
    }

    void send(int schema, CustomerCommand command) {
        pipe(new TestRecord<>(command.getCustomerId().getBytes(UTF_8), encoded(schema, command)));
    }

    void pipe(TestRecord<byte[], byte[]> record) {
        commands.pipeInput(record);
    }

    /** Lets time pass, for the clock of decisions and for that of punctuations. */
    void advance(Duration duration) {
        clock.advance(duration);
        driver.advanceWallClockTime(duration);
    }

    static byte[] encoded(int schema, CustomerCommand command) {
        return WireFormat.frame(schema, new AvroPayload<>(CustomerCommand.class).encode(command));
    }

    List<TestRecord<byte[], byte[]>> raw(String topic) {
        TestOutputTopic<byte[], byte[]> output =
                driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return output.readRecordsToList();
    }

    List<CustomerEvent> events() {
        return decoded(topics.events().name(), CustomerEvent.class, OUTPUT.event());
    }

    List<CommandResult> results() {
        return decoded(topics.results().name(), CommandResult.class, OUTPUT.result());
    }

    List<Customer> customers() {
        return decoded(topics.customers().name(), Customer.class, OUTPUT.customer());
    }

    List<SubordinateUpdate> subordinateUpdates() {
        return decoded(topics.subordinateUpdates().name(), SubordinateUpdate.class, OUTPUT.subordinateUpdate());
    }

    List<TestRecord<byte[], byte[]>> externalIds() {
        return raw(topics.externalIds().name());
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return raw(topics.deadLetters().name());
    }

    private <T extends SpecificRecord> List<T> decoded(String topic, Class<T> type, int expectedSchema) {
        AvroPayload<T> payload = new AvroPayload<>(type);
        Schema schema = payload.schema();
        return raw(topic).stream()
                .map(record -> {
                    WireFormat.Frame frame = WireFormat.read(record.value());
                    if (!frame.schema().equals(new SchemaKey.Id(expectedSchema))) {
                        throw new AssertionError("Written with " + frame.schema());
                    }
                    return payload.decode(record.value(), frame.offset(), frame.length(), schema);
                })
                .toList();
    }

    static CustomerCommand registration(String customerId, String requestId) {
        return command(customerId, requestId)
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(RegisterCustomer.newBuilder().build())
                .build();
    }

    static CustomerCommand registration(String customerId, String externalId, String requestId) {
        return command(customerId, requestId)
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(
                        RegisterCustomer.newBuilder().setExternalId(externalId).build())
                .build();
    }

    static CustomerCommand change(
            String customerId, String requestId, CustomerState state, String reason, Instant validFrom) {
        return command(customerId, requestId)
                .setType(CommandType.CHANGE_STATE)
                .setChangeState(ChangeState.newBuilder()
                        .setState(state)
                        .setStateReason(reason)
                        .setValidFrom(validFrom)
                        .build())
                .build();
    }

    static CustomerCommand proposal(
            String customerId, String requestId, CustomerState state, String reason, Instant validFrom) {
        return command(customerId, requestId)
                .setType(CommandType.PROPOSE_CHANGE)
                .setProposeChange(ProposeChange.newBuilder()
                        .setState(state)
                        .setStateReason(reason)
                        .setValidFrom(validFrom)
                        .build())
                .build();
    }

    static CustomerCommand cancellation(String customerId, String requestId, String changeId) {
        return command(customerId, requestId)
                .setType(CommandType.CANCEL_CHANGE)
                .setCancelChange(CancelChange.newBuilder().setChangeId(changeId).build())
                .build();
    }

    static CustomerCommand change(String customerId, String requestId, CustomerState state, String reason) {
        return command(customerId, requestId)
                .setType(CommandType.CHANGE_STATE)
                .setChangeState(ChangeState.newBuilder()
                        .setState(state)
                        .setStateReason(reason)
                        .build())
                .build();
    }

    /** A change that subordinates follow. */
    static CustomerCommand cascade(String customerId, String requestId, CustomerState state, String reason) {
        CustomerCommand change = change(customerId, requestId, state, reason);
        return CustomerCommand.newBuilder(change)
                .setChangeState(ChangeState.newBuilder(change.getChangeState().orElseThrow())
                        .setSubordinateUpdated(true)
                        .build())
                .build();
    }

    static CustomerCommand subordinates(String customerId, String requestId, List<Subordinate> subordinates) {
        return command(customerId, requestId)
                .setType(CommandType.REGISTER_SUBORDINATES)
                .setRegisterSubordinates(new RegisterSubordinates(subordinates))
                .build();
    }

    static CustomerCommand removal(String customerId, String requestId, SubordinateType type, String id) {
        return command(customerId, requestId)
                .setType(CommandType.REMOVE_SUBORDINATE)
                .setRemoveSubordinate(new RemoveSubordinate(type, id))
                .build();
    }

    static CustomerCommand.Builder command(String customerId, String requestId) {
        return CustomerCommand.newBuilder()
                .setCommandId("cmd-" + requestId)
                .setCustomerId(customerId)
                .setRequestId(requestId)
                .setSource("crm");
    }

    @Override
    public void close() {
        driver.close();
        schemas.close();
        registry.close();
    }
}
