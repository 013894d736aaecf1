package dev.standing.processor.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.store.RecordedEvent;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.EventChain.Link;
import dev.standing.processor.intake.SchemaFetcher;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.processor.store.RequestWindows;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroPayload;
import dev.standing.serde.WireFormat;
import dev.standing.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTopologyTest {

    private static final int EVENT_SCHEMA = 11;
    private static final int CLAIM_SCHEMA = 12;
    private static final int UNKNOWN_SCHEMA = 99;
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final StateValue ACTIVE = new StateValue(CustomerState.ACTIVE, "dfltActive", NOON);
    private static final StateValue SUSPENDED = new StateValue(CustomerState.SUSPENDED, "dfltSuspended", NOON);

    private final TopicCatalogue topics = new TopicCatalogue("standing.", 1, 1);
    private final ReadPositions positions = new ReadPositions();
    private final AgendaFloors floors = new AgendaFloors();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Cannot be reached: what it remembers is what can be decoded. */
    private final SchemaRegistryClient registry = new SchemaRegistryClient(
            Map.of("schema.registry.url", "http://127.0.0.1:1", "schema.registry.retries", "0"));

    private final SchemaFetcher schemas = new SchemaFetcher(registry);

    @TempDir
    private Path stateDirectory;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> events;
    private TestInputTopic<byte[], byte[]> claims;

    @BeforeEach
    void rememberSchemasAndStart() {
        registry.remember(new SchemaKey.Id(EVENT_SCHEMA), CustomerEvent.getClassSchema());
        registry.remember(new SchemaKey.Id(CLAIM_SCHEMA), ExternalIdClaim.getClassSchema());
        start();
    }

    private void start() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test-history");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        HistoryTopology topology = new HistoryTopology(
                topics,
                registry,
                schemas,
                positions,
                floors,
                new WaitingTasks(),
                closing,
                new RequestWindows(Duration.ofDays(7)),
                () -> NOON);
        driver = new TopologyTestDriver(topology.build(), properties, NOON);
        events = driver.createInputTopic(topics.events().name(), new ByteArraySerializer(), new ByteArraySerializer());
        claims = driver.createInputTopic(
                topics.externalIds().name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        driver.close();
        schemas.close();
        registry.close();
    }

    @Test
    void eventsAreKeptWithTheHashOfTheirPayloadAndFolded() {
        List<Link> links = chain("c-1", 3);

        links.forEach(this::send);

        assertThat(recorded("c-1"))
                .extracting(RecordedEvent::getHash)
                .containsExactlyElementsOf(links.stream().map(Link::hash).toList());
        assertThat(recorded("c-1"))
                .extracting(RecordedEvent::getEvent)
                .containsExactlyElementsOf(links.stream().map(Link::event).toList());
        Customer customer = latest().get("c-1");
        assertThat(customer.getSequence()).isEqualTo(3);
        assertThat(customer.getState().getState()).isEqualTo(dev.standing.avro.CustomerState.ACTIVE);
        assertThat(customer.getLastEventHash()).isEqualTo(links.get(2).hash());
    }

    @Test
    void eventsThatComeAgainChangeNothing() {
        List<Link> links = chain("c-1", 3);
        links.forEach(this::send);
        Customer before = latest().get("c-1");

        links.forEach(this::send);

        assertThat(latest().get("c-1")).isEqualTo(before);
        assertThat(recorded("c-1")).hasSize(3);
    }

    @Test
    void eventsThatComeAgainBringTheChangelogUpToTheStore() {
        TestOutputTopic<byte[], byte[]> changelog = driver.createOutputTopic(
                "test-history-latest-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<Link> links = chain("c-1", 3);
        links.forEach(this::send);
        byte[] latest = changelog.readValuesToList().get(2);

        send(links.get(1));

        assertThat(changelog.readValuesToList()).containsExactly(latest);
    }

    @Test
    void customersWhoseIdsBeginAlikeDoNotMix() {
        for (String customerId : List.of("c", "c-", "c-1", "c-10", "d")) {
            chain(customerId, 2).forEach(this::send);
        }

        for (String customerId : List.of("c", "c-", "c-1", "c-10", "d")) {
            assertThat(recorded(customerId))
                    .extracting(recorded -> recorded.getEvent().getEventId())
                    .containsExactly(customerId + ":1", customerId + ":2");
        }
    }

    @Test
    void aGapEndsTheThreadAndIsNotWritten() {
        List<Link> links = chain("c-1", 3);
        send(links.get(0));

        assertThatThrownBy(() -> send(links.get(2))).hasStackTraceContaining("c-1:3");

        assertThat(recorded("c-1")).hasSize(1);
        assertThat(latest().get("c-1").getSequence()).isEqualTo(1);
    }

    @Test
    void anEventThatCanNeverBeDecodedEndsTheThread() {
        assertThatThrownBy(() -> events.pipeInput("c-1".getBytes(UTF_8), new byte[] {1, 2, 3, 4, 5, 6}))
                .hasStackTraceContaining("UndecodableRecordException");
    }

    @Test
    void anEventWhoseSchemaCannotBeFetchedIsWaitedForUntilTheReadModelIsClosed() {
        closing.countDown();
        byte[] value = WireFormat.frame(UNKNOWN_SCHEMA, chain("c-1", 1).get(0).payload());

        assertThatThrownBy(() -> events.pipeInput("c-1".getBytes(UTF_8), value))
                .hasStackTraceContaining("Closed while waiting for the schema registry");

        assertThat(latest().get("c-1")).isNull();
    }

    @Test
    void theLatestClaimCountsAndOneWithoutValueIsNone() {
        claim("x-1", "c-1");
        claim("x-2", "c-2");
        claims.pipeInput("x-2".getBytes(UTF_8), (byte[]) null);

        assertThat(owners().get("x-1").getCustomerId()).isEqualTo("c-1");
        assertThat(owners().get("x-2")).isNull();
    }

    @Test
    void partitionsAreOpenWhileTheirTaskIs() {
        TopicPartition partition = new TopicPartition(topics.events().name(), 0);
        assertThat(positions.isOpen(partition)).isTrue();

        driver.close();
        assertThat(positions.isOpen(partition)).isFalse();

        start();
        assertThat(positions.isOpen(partition)).isTrue();
    }

    private void send(Link link) {
        events.pipeInput(link.event().getCustomerId().getBytes(UTF_8), WireFormat.frame(EVENT_SCHEMA, link.payload()));
    }

    private void claim(String externalId, String customerId) {
        byte[] payload = new AvroPayload<>(ExternalIdClaim.class)
                .encode(new ExternalIdClaim(externalId, customerId, "cmd", NOON));
        claims.pipeInput(externalId.getBytes(UTF_8), WireFormat.frame(CLAIM_SCHEMA, payload));
    }

    /** A registration, and then the one state and the other by turns. */
    private static List<Link> chain(String customerId, int length) {
        List<Event> all = new ArrayList<>();
        for (int sequence = 1; sequence <= length; sequence++) {
            StateValue before = sequence % 2 == 0 ? ACTIVE : SUSPENDED;
            StateValue after = sequence % 2 == 0 ? SUSPENDED : ACTIVE;
            Fact fact = sequence == 1
                    ? new CustomerRegistered(Optional.empty(), after, Map.of("a", "b"))
                    : new StateChanged(before, after, ChangeCause.COMMAND, Optional.empty(), Optional.empty(), false);
            Origin origin = new Origin("cmd-" + sequence, Optional.empty(), "test");
            all.add(new Event(customerId, sequence, NOON, origin, "p-1", fact));
        }
        return new EventChain().extend(Optional.empty(), all);
    }

    private List<RecordedEvent> recorded(String customerId) {
        KeyValueStore<Bytes, RecordedEvent> store = driver.getKeyValueStore(HistoryStores.HISTORY);
        List<RecordedEvent> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, RecordedEvent> range =
                store.range(EventKey.of(customerId, 0), EventKey.of(customerId, Long.MAX_VALUE))) {
            range.forEachRemaining(entry -> all.add(entry.value));
        }
        return all;
    }

    private KeyValueStore<String, Customer> latest() {
        return driver.getKeyValueStore(HistoryStores.LATEST);
    }

    private KeyValueStore<String, ExternalIdClaim> owners() {
        return driver.getKeyValueStore(HistoryStores.EXTERNAL_ID_OWNERS);
    }
}
