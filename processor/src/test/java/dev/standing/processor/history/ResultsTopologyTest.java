package dev.standing.processor.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.standing.avro.CommandResult;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.RequestKey.ByRequestId;
import dev.standing.processor.intake.SchemaFetcher;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.processor.store.RequestWindows;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroPayload;
import dev.standing.serde.GeneratedClasses;
import dev.standing.serde.WireFormat;
import dev.standing.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which results are kept, and for how long. */
class ResultsTopologyTest {

    private static final int SCHEMA = 11;
    private static final int LATER_SCHEMA = 12;
    private static final int UNKNOWN_SCHEMA = 99;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ByRequestId REQUEST = new ByRequestId("c-1", "s", "r-1");

    static {
        GeneratedClasses.trust();
    }

    private final TopicCatalogue topics = new TopicCatalogue("standing.", 1, 1);
    private final TopicPartition partition = new TopicPartition(topics.results().name(), 0);
    private final ReadPositions positions = new ReadPositions();
    private final RequestWindows windows = new RequestWindows(WEEK);
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Cannot be reached: what it remembers is what can be decoded. */
    private final SchemaRegistryClient registry = new SchemaRegistryClient(
            Map.of("schema.registry.url", "http://127.0.0.1:1", "schema.registry.retries", "0"));

    private final SchemaFetcher schemas = new SchemaFetcher(registry);

    @TempDir
    private Path stateDirectory;

    private Instant clock = NOON;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> results;

    @BeforeEach
    void start() {
        registry.remember(new SchemaKey.Id(SCHEMA), CommandResult.getClassSchema());
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test-results");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        driver = new TopologyTestDriver(topology(), properties, NOON);
        results =
                driver.createInputTopic(topics.results().name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Topology topology() {
        return new HistoryTopology(
                        topics,
                        registry,
                        schemas,
                        positions,
                        new AgendaFloors(),
                        new WaitingTasks(),
                        closing,
                        windows,
                        () -> clock)
                .build();
    }

    @AfterEach
    void stop() {
        driver.close();
        schemas.close();
        registry.close();
    }

    @Test
    void aResultIsKeptAsItWasWritten() {
        CommandResult rejected = result("cmd-1", ResultStatus.REJECTED)
                .setCode(RejectionCode.UNKNOWN_CUSTOMER)
                .setMessage("No.")
                .setField("customerId")
                .build();

        send(rejected);

        assertThat(found()).hasValue(rejected);
    }

    @Test
    void requestsAreToldApartByCustomerSourceAndRequestId() {
        List<ByRequestId> requests = List.of(
                new ByRequestId("c", "s", "r"),
                new ByRequestId("cs", "", "r"),
                new ByRequestId("c", "sr", ""),
                new ByRequestId("c", "s", "r2"),
                new ByRequestId("c2", "s", "r"));
        for (ByRequestId request : requests) {
            send(result("of " + request, ResultStatus.APPLIED)
                    .setCustomerId(request.customerId())
                    .setSource(request.source())
                    .setRequestId(request.requestId())
                    .build());
        }

        for (ByRequestId request : requests) {
            assertThat(found(request).map(CommandResult::getCommandId)).hasValue("of " + request);
        }
        assertThat(found(new ByRequestId("c", "other", "r"))).isEmpty();
    }

    @Test
    void anAnswerThatIsGivenAgainTakesNoPlace() {
        send(result("cmd-1", ResultStatus.APPLIED).build());
        send(result("cmd-1", ResultStatus.APPLIED).setReplayed(true).build());

        assertThat(found().orElseThrow().getReplayed()).isFalse();
        assertThat(kept()).hasSize(1);
    }

    @Test
    void theMisuseOfARequestIdIsNotRemembered() {
        CommandResult reused = result("cmd-2", ResultStatus.REJECTED)
                .setCode(RejectionCode.REQUEST_ID_REUSED)
                .build();
        send(reused);
        assertThat(kept()).isEmpty();

        send(result("cmd-1", ResultStatus.APPLIED).build());
        send(reused);
        assertThat(foundCommand()).hasValue("cmd-1");
    }

    @Test
    void whatHasNoRequestIdIsNotKept() {
        send(result("cmd-1", ResultStatus.APPLIED).setRequestId(null).build());

        assertThat(kept()).isEmpty();
    }

    /** As when an earlier version could not carry out the command, which is not remembered. */
    @Test
    void whatIsDecidedLaterTakesThePlaceOfWhatWasNotRemembered() {
        CommandResult unsupported = result("cmd-1", ResultStatus.REJECTED)
                .setCode(RejectionCode.INVALID_REQUEST)
                .build();
        CommandResult applied = result("cmd-2", ResultStatus.APPLIED)
                .setDecidedAt(NOON.plusMillis(1))
                .build();
        clock = NOON.plus(WEEK.dividedBy(2));

        send(unsupported);
        assertThat(foundCommand()).hasValue("cmd-1");
        send(applied);
        assertThat(foundCommand()).hasValue("cmd-2");
        send(unsupported);
        send(applied);
        assertThat(foundCommand()).hasValue("cmd-2");
    }

    @Test
    void aDecisionInALaterWindowCountsBeforeOneInAnEarlier() {
        Instant next = NOON.plus(WEEK).minusMillis(1);
        send(result("cmd-1", ResultStatus.REJECTED).build());
        clock = next;
        send(result("cmd-2", ResultStatus.APPLIED).setDecidedAt(next).build());

        assertThat(kept()).hasSize(2);
        assertThat(foundCommand()).hasValue("cmd-2");
    }

    @Test
    void aResultIsFoundForAsLongAsItsRequestIsRemembered() {
        send(result("cmd-1", ResultStatus.APPLIED).build());

        clock = NOON.plus(WEEK).minusMillis(1);
        assertThat(foundCommand()).hasValue("cmd-1");
        clock = NOON.plus(WEEK);
        assertThat(found()).isEmpty();
        assertThat(kept()).hasSize(1);
    }

    @Test
    void whatWasForgottenLongAgoIsDropped() {
        for (int week = 0; week < 10; week++) {
            clock = NOON.plus(WEEK.multipliedBy(week));
            send(result("cmd-" + week, ResultStatus.APPLIED)
                    .setRequestId("r-" + week)
                    .setDecidedAt(clock)
                    .build());
        }

        assertThat(kept()).hasSizeBetween(2, 3).contains("cmd-8", "cmd-9");
    }

    /** As after a restart with an empty store: results come that were decided long ago, up to those of today. */
    @Test
    void resultsThatAreReadLateGoIntoTheWindowsOfTheirTime() {
        clock = NOON.plus(WEEK.multipliedBy(10));
        for (int week = 0; week <= 10; week++) {
            send(result("cmd-" + week, ResultStatus.APPLIED)
                    .setRequestId("r-" + week)
                    .setDecidedAt(NOON.plus(WEEK.multipliedBy(week)))
                    .build());
        }

        assertThat(found(new ByRequestId("c-1", "s", "r-10"))).isPresent();
        assertThat(found(new ByRequestId("c-1", "s", "r-9"))).isEmpty();
        assertThat(kept()).hasSizeBetween(2, 3);
    }

    @Test
    void aClockThatWasWrongEmptiesNothing() {
        send(result("cmd-1", ResultStatus.APPLIED).build());
        send(result("cmd-2", ResultStatus.APPLIED)
                .setRequestId("r-2")
                .setDecidedAt(NOON.plus(WEEK.multipliedBy(1_000)))
                .build());
        send(result("cmd-3", ResultStatus.APPLIED).setRequestId("r-3").build());

        assertThat(kept()).containsExactlyInAnyOrder("cmd-1", "cmd-2", "cmd-3");
        assertThat(foundCommand()).hasValue("cmd-1");
        assertThat(found(new ByRequestId("c-1", "s", "r-2"))).isPresent();
    }

    @Test
    void theTimeOfTheRecordPlaysNoPart() {
        CommandResult result = result("cmd-1", ResultStatus.APPLIED).build();
        send(result);
        results.pipeInput(
                "c-1".getBytes(UTF_8),
                framed(
                        SCHEMA,
                        result("cmd-2", ResultStatus.APPLIED)
                                .setRequestId("r-2")
                                .build()),
                NOON.plus(WEEK.multipliedBy(1_000)));

        assertThat(kept()).containsExactlyInAnyOrder("cmd-1", "cmd-2");
    }

    @Test
    void aStatusOfALaterVersionIsKeptAsUnknown() {
        String later = CommandResult.getClassSchema().toString().replace("\"REJECTED\"", "\"FROZEN\"");
        registry.remember(new SchemaKey.Id(LATER_SCHEMA), new Schema.Parser().parse(later));

        results.pipeInput(
                "c-1".getBytes(UTF_8),
                framed(LATER_SCHEMA, result("cmd-1", ResultStatus.REJECTED).build()));

        assertThat(found().map(CommandResult::getStatus)).hasValue(ResultStatus.UNKNOWN);
    }

    @Test
    void whatIsNoResultIsPassedOver() {
        positions.polled(partition, 3, OptionalLong.of(2));

        results.pipeInput("c-1".getBytes(UTF_8), "no result".getBytes(UTF_8));
        results.pipeInput("c-1".getBytes(UTF_8), (byte[]) null);
        send(result("cmd-1", ResultStatus.APPLIED).build());

        assertThat(foundCommand()).hasValue("cmd-1");
        assertThat(positions.reached(partition)).hasValue(3);
    }

    @Test
    void aResultWhoseSchemaCannotBeFetchedIsWaitedForUntilTheReadModelIsClosed() {
        closing.countDown();
        byte[] value =
                framed(UNKNOWN_SCHEMA, result("cmd-1", ResultStatus.APPLIED).build());

        assertThatThrownBy(() -> results.pipeInput("c-1".getBytes(UTF_8), value))
                .hasStackTraceContaining("Closed while waiting for the schema registry");

        assertThat(kept()).isEmpty();
    }

    @Test
    void howFarResultsAreReadIsKnownByThemselves() {
        positions.polled(new TopicPartition(topics.events().name(), 0), 0, OptionalLong.empty());
        positions.polled(partition, 1, OptionalLong.of(0));
        assertThat(positions.reached(partition)).isEmpty();

        send(result("cmd-1", ResultStatus.APPLIED).build());

        assertThat(positions.reached(partition)).hasValue(1);
        assertThat(positions.reached(new TopicPartition(topics.events().name(), 0)))
                .hasValue(0);
        driver.close();
        assertThat(positions.isOpen(partition)).isFalse();
        start();
        assertThat(positions.isOpen(partition)).isTrue();
    }

    /** The stores lie in directories that have these numbers in their names. */
    @Test
    void resultsHaveTasksOfTheirOwnAndThoseOfOthersKeepTheirNumbers() {
        assertThat(topology().describe().subtopologies())
                .extracting(Subtopology::id, ResultsTopologyTest::sources)
                .containsExactlyInAnyOrder(
                        tuple(0, List.of("events-source")),
                        tuple(1, List.of("external-ids-source")),
                        tuple(2, List.of("results-source")));
    }

    private static List<String> sources(Subtopology subtopology) {
        return subtopology.nodes().stream()
                .filter(node -> node instanceof Source)
                .map(node -> node.name())
                .toList();
    }

    private void send(CommandResult result) {
        results.pipeInput(result.getCustomerId().getBytes(UTF_8), framed(SCHEMA, result));
    }

    private static byte[] framed(int schema, CommandResult result) {
        return WireFormat.frame(schema, new AvroPayload<>(CommandResult.class).encode(result));
    }

    private static CommandResult.Builder result(String commandId, ResultStatus status) {
        return CommandResult.newBuilder()
                .setCommandId(commandId)
                .setCustomerId(REQUEST.customerId())
                .setRequestId(REQUEST.requestId())
                .setSource(REQUEST.source())
                .setStatus(status)
                .setPolicyVersion("p-1")
                .setDecidedAt(NOON);
    }

    private Optional<String> foundCommand() {
        return found().map(CommandResult::getCommandId);
    }

    private Optional<CommandResult> found() {
        return found(REQUEST);
    }

    private Optional<CommandResult> found(ByRequestId request) {
        return new RememberedResults(store(), windows).find(request, clock);
    }

    /** The ids of the commands whose results are in the store, whether they are still remembered or not. */
    private List<String> kept() {
        List<String> kept = new ArrayList<>();
        try (KeyValueIterator<Windowed<Bytes>, CommandResult> all = store().all()) {
            all.forEachRemaining(entry -> kept.add(entry.value.getCommandId()));
        }
        return kept;
    }

    private WindowStore<Bytes, CommandResult> store() {
        return driver.getWindowStore(HistoryStores.RESULTS);
    }
}
