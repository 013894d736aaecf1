package dev.standing.processor.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CustomerEvent;
import dev.standing.avro.store.RecordedEvent;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.domain.testing.CommandSequences;
import dev.standing.domain.testing.CommandSequences.Step;
import dev.standing.domain.testing.NamedPolicy;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.EventChain.Link;
import dev.standing.mapping.SubordinateMapping;
import dev.standing.processor.intake.SchemaFetcher;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.processor.store.RequestWindows;
import dev.standing.processor.testing.DomainModel;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.WireFormat;
import dev.standing.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the read model lists of subordinates. */
class SubordinatesTopologyTest {

    /** How many random sequences under each policy; more take long. */
    private static final int SEEDS = 1;

    private static final int EVENT_SCHEMA = 11;
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final SubordinateRef ACCOUNT = new SubordinateRef(SubordinateType.ACCOUNT, "a");
    private static final SubordinateRef OTHER_ACCOUNT = new SubordinateRef(SubordinateType.ACCOUNT, "b");
    private static final SubordinateRef SUBSCRIBER = new SubordinateRef(SubordinateType.SUBSCRIBER, "a");
    private static final SubordinateRef SUBSCRIPTION = new SubordinateRef(SubordinateType.SUBSCRIPTION, "a");

    private final TopicCatalogue topics = new TopicCatalogue("standing.", 1, 1);
    private final SchemaRegistryClient registry = new SchemaRegistryClient(
            Map.of("schema.registry.url", "http://127.0.0.1:1", "schema.registry.retries", "0"));
    private final SchemaFetcher schemas = new SchemaFetcher(registry);
    private final Map<String, List<Event>> events = new HashMap<>();

    @TempDir
    private Path stateDirectory;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> topic;

    @BeforeEach
    void start() {
        registry.remember(new SchemaKey.Id(EVENT_SCHEMA), CustomerEvent.getClassSchema());
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test-subordinates");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        HistoryTopology topology = new HistoryTopology(
                topics,
                registry,
                schemas,
                new ReadPositions(),
                new AgendaFloors(),
                new WaitingTasks(),
                new CountDownLatch(1),
                new RequestWindows(Duration.ofDays(7)),
                () -> NOON);
        driver = new TopologyTestDriver(topology.build(), properties, NOON);
        topic = driver.createInputTopic(topics.events().name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        driver.close();
        schemas.close();
        registry.close();
    }

    @Test
    void parentsComeBeforeTheirChildrenThenByTypeThenById() {
        happen(
                "c",
                registered(SUBSCRIPTION),
                registered(OTHER_ACCOUNT),
                registered(ACCOUNT, OTHER_ACCOUNT),
                registered(SUBSCRIBER, OTHER_ACCOUNT),
                registered(new SubordinateRef(SubordinateType.SUBSCRIPTION, "0"), SUBSCRIBER),
                registered(new SubordinateRef(SubordinateType.ACCOUNT, "c")));

        assertThat(texts("c"))
                .containsExactly(
                        "ACCOUNT b ACTIVE dfltActive",
                        "ACCOUNT c ACTIVE dfltActive",
                        "SUBSCRIPTION a ACTIVE dfltActive",
                        "ACCOUNT a ACTIVE dfltActive beneath b",
                        "SUBSCRIBER a ACTIVE dfltActive beneath b",
                        "SUBSCRIPTION 0 ACTIVE dfltActive beneath a");
    }

    @Test
    void customersWhoseIdsBeginAlikeDoNotMix() {
        happen("c", registered(ACCOUNT));
        happen("c\u0001", registered(OTHER_ACCOUNT));
        happen("c2");

        assertThat(texts("c")).containsExactly("ACCOUNT a ACTIVE dfltActive");
        assertThat(texts("c\u0001")).containsExactly("ACCOUNT b ACTIVE dfltActive");
        assertThat(texts("c2")).isEmpty();
    }

    @Test
    void pagesFollowOnEachOtherWithoutGapOrRepetition() {
        happen("c", registered(ACCOUNT), registered(OTHER_ACCOUNT), registered(SUBSCRIPTION, ACCOUNT));

        List<PlacedSubordinate> found = new ArrayList<>(current().read("c", Optional.empty(), 1));
        for (int page = 0; page < 5; page++) {
            SubordinatePosition last = found.get(found.size() - 1).position();
            found.addAll(current().read("c", Optional.of(last), 1));
        }

        assertThat(found).isEqualTo(all("c")).hasSize(3);
    }

    @Test
    void aRegistrationAnewGivesTheNewStateInTheSamePlace() {
        happen(
                "c",
                registered(ACCOUNT),
                new SubordinateRegistered(ACCOUNT, Optional.empty(), CustomerState.BLOCKED, "fraud"));

        assertThat(texts("c")).containsExactly("ACCOUNT a BLOCKED fraud");
    }

    @Test
    void whatIsRemovedIsNotListedAndMayComeBackInAnotherPlace() {
        happen("c", registered(ACCOUNT), registered(OTHER_ACCOUNT), registered(SUBSCRIPTION, ACCOUNT));

        happen("c", new SubordinateRemoved(SUBSCRIPTION));
        assertThat(texts("c")).containsExactly("ACCOUNT a ACTIVE dfltActive", "ACCOUNT b ACTIVE dfltActive");

        happen("c", registered(SUBSCRIPTION));
        assertThat(texts("c"))
                .containsExactly(
                        "ACCOUNT a ACTIVE dfltActive",
                        "ACCOUNT b ACTIVE dfltActive",
                        "SUBSCRIPTION a ACTIVE dfltActive");
    }

    @Test
    void aCascadeShowsWhenItIsComplete() {
        happen("c", registered(ACCOUNT), registered(SUBSCRIPTION, ACCOUNT), cascading(suspended()));
        assertThat(texts("c"))
                .containsExactly("ACCOUNT a ACTIVE dfltActive", "SUBSCRIPTION a ACTIVE dfltActive beneath a");

        happen("c", completed(4));
        assertThat(texts("c"))
                .containsExactly(
                        "ACCOUNT a SUSPENDED dfltSuspended", "SUBSCRIPTION a SUSPENDED dfltSuspended beneath a");
    }

    @Test
    void aRegistrationAfterTheChangeWinsOverTheCascade() {
        happen("c", registered(ACCOUNT), registered(OTHER_ACCOUNT), cascading(suspended()));
        happen("c", registered(OTHER_ACCOUNT), registered(SUBSCRIPTION), completed(4));

        assertThat(texts("c"))
                .containsExactly(
                        "ACCOUNT a SUSPENDED dfltSuspended",
                        "ACCOUNT b ACTIVE dfltActive",
                        "SUBSCRIPTION a ACTIVE dfltActive");
    }

    @Test
    void aRegistrationAfterTheCascadeIsShownAsItIs() {
        happen("c", registered(ACCOUNT), cascading(suspended()), completed(3), registered(ACCOUNT));

        assertThat(texts("c")).containsExactly("ACCOUNT a ACTIVE dfltActive");
    }

    @Test
    void whatIsDeactivatedStaysSo() {
        happen(
                "c",
                new SubordinateRegistered(ACCOUNT, Optional.empty(), CustomerState.DEACTIVATED, "dfltDeactivated"),
                cascading(suspended()),
                completed(3));

        assertThat(texts("c")).containsExactly("ACCOUNT a DEACTIVATED dfltDeactivated");
    }

    @Test
    void whatIsRemovedAndRegisteredAnewHasForgottenTheCascade() {
        happen(
                "c",
                registered(ACCOUNT),
                cascading(suspended()),
                completed(3),
                new SubordinateRemoved(ACCOUNT),
                registered(ACCOUNT));

        assertThat(texts("c")).containsExactly("ACCOUNT a ACTIVE dfltActive");
    }

    @Test
    void ofTwoCascadesTheLatestThatIsCompleteCounts() {
        happen("c", registered(ACCOUNT), cascading(suspended()), registered(OTHER_ACCOUNT), cascading(active()));

        happen("c", completed(3));
        assertThat(texts("c")).containsExactly("ACCOUNT a SUSPENDED dfltSuspended", "ACCOUNT b ACTIVE dfltActive");

        happen("c", cascading(new StateValue(CustomerState.BLOCKED, "fraud", NOON)), completed(5));
        assertThat(texts("c")).containsExactly("ACCOUNT a ACTIVE dfltActive", "ACCOUNT b ACTIVE dfltActive");

        happen("c", completed(7));
        assertThat(texts("c")).containsExactly("ACCOUNT a BLOCKED fraud", "ACCOUNT b BLOCKED fraud");
    }

    @Test
    void aRowThatIsLeftOverInAnotherPlaceCountsForNothing() {
        happen("c", registered(ACCOUNT), registered(SUBSCRIPTION, ACCOUNT));
        Map<Bytes, byte[]> before = rows();
        happen("c", new SubordinateRemoved(SUBSCRIPTION));
        List<String> removed = texts("c");
        leaveOver(before);

        assertThat(texts("c")).isEqualTo(removed);

        happen("c", registered(SUBSCRIPTION));
        leaveOver(before);

        assertThat(texts("c")).containsExactly("ACCOUNT a ACTIVE dfltActive", "SUBSCRIPTION a ACTIVE dfltActive");
    }

    /** The subscription beneath the account, without the row that says that it is there. */
    private void leaveOver(Map<Bytes, byte[]> rows) {
        dev.standing.avro.SubordinateRef ref = SubordinateMapping.toAvro(SUBSCRIPTION);
        Bytes key = SubordinateRows.byPosition("c", SubordinatePosition.of(2, ref));
        store().put(key, rows.get(key));
    }

    /** What is left of rows after a crash is of different ages: some as they were later on, some not. */
    @ParameterizedTest
    @EnumSource
    void eventsThatComeAgainMakeItRightWhateverWasKeptOfThem(NamedPolicy policy) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            DomainModel model = new DomainModel(policy.policy());
            List<Link> log = log(model, seed);
            Random random = new Random(seed);
            int committed = log.size() / 4;
            send(log.subList(0, committed));
            List<Map<Bytes, byte[]>> ages = new ArrayList<>(List.of(rows()));
            for (Link link : log.subList(committed, log.size())) {
                send(List.of(link));
                ages.add(rows());
            }
            assertAsTheDomainHasThem(model);
            for (int crash = 0; crash < 5; crash++) {
                restore(ages, random);

                send(log.subList(committed, log.size()));

                assertAsTheDomainHasThem(model);
            }
            rows().keySet().forEach(store()::delete);
        }
    }

    private void assertAsTheDomainHasThem(DomainModel model) {
        for (String customerId : model.customers().keySet()) {
            assertThat(all(customerId).stream()
                            .map(PlacedSubordinate::subordinate)
                            .toList())
                    .isEqualTo(model.subordinates(customerId).stream()
                            .map((Subordinate subordinate) -> SubordinateMapping.toAvro(subordinate))
                            .toList());
        }
    }

    /** The events that random commands give; cascades are now and then under way for some time. */
    private static List<Link> log(DomainModel model, int seed) {
        String prefix = "s" + seed + "-";
        CommandSequences commands =
                new CommandSequences(List.of(prefix + "1", prefix + "2", prefix + "3"), NOON, false, true);
        Random random = new Random(seed);
        Instant clock = NOON;
        for (Step step : commands.steps(seed, 150)) {
            clock = clock.plus(step.advance());
            model.settle(clock);
            model.decide(step.command(), clock);
            if (random.nextInt(4) == 0) {
                model.cascade(clock);
            }
        }
        model.cascade(clock);
        List<Link> log = new ArrayList<>();
        model.events().values().forEach(all -> log.addAll(new EventChain().extend(Optional.empty(), all)));
        return log;
    }

    /** Each row as it was at some time, and so also rows that are there no more, or not there. */
    private void restore(List<Map<Bytes, byte[]>> ages, Random random) {
        Set<Bytes> keys = new LinkedHashSet<>();
        ages.forEach(age -> keys.addAll(age.keySet()));
        KeyValueStore<Bytes, byte[]> store = store();
        for (Bytes key : keys) {
            byte[] value = ages.get(random.nextInt(ages.size())).get(key);
            store.put(key, value);
        }
    }

    private Map<Bytes, byte[]> rows() {
        Map<Bytes, byte[]> rows = new LinkedHashMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store().all()) {
            all.forEachRemaining(row -> rows.put(row.key, row.value));
        }
        return rows;
    }

    /** Sends the customer's next events; the first are preceded by its registration. */
    private void happen(String customerId, Fact... facts) {
        List<Event> all = events.computeIfAbsent(customerId, unused -> new ArrayList<>());
        int known = all.size();
        if (all.isEmpty()) {
            all.add(event(customerId, 1, new CustomerRegistered(Optional.empty(), active(), Map.of())));
        }
        for (Fact fact : facts) {
            all.add(event(customerId, all.size() + 1, fact));
        }
        List<Link> links = new EventChain().extend(Optional.empty(), all);
        send(links.subList(known, links.size()));
    }

    private static Event event(String customerId, int sequence, Fact fact) {
        return new Event(customerId, sequence, NOON, new Origin("cmd", Optional.empty(), "test"), "p-1", fact);
    }

    private void send(List<Link> links) {
        for (Link link : links) {
            topic.pipeInput(
                    link.event().getCustomerId().getBytes(UTF_8), WireFormat.frame(EVENT_SCHEMA, link.payload()));
        }
    }

    private List<PlacedSubordinate> all(String customerId) {
        return current().read(customerId, Optional.empty(), 10_000);
    }

    private List<String> texts(String customerId) {
        return all(customerId).stream()
                .map(PlacedSubordinate::subordinate)
                .map(found -> found.getType() + " " + found.getId() + " " + found.getState() + " "
                        + found.getStateReason().orElseThrow()
                        + found.getParent()
                                .map(parent -> " beneath " + parent.getId())
                                .orElse(""))
                .toList();
    }

    private CurrentSubordinates current() {
        KeyValueStore<Bytes, RecordedEvent> history = driver.getKeyValueStore(HistoryStores.HISTORY);
        return new CurrentSubordinates(store(), history);
    }

    private KeyValueStore<Bytes, byte[]> store() {
        return driver.getKeyValueStore(HistoryStores.SUBORDINATES);
    }

    private static StateValue active() {
        return new StateValue(CustomerState.ACTIVE, "dfltActive", NOON);
    }

    private static StateValue suspended() {
        return new StateValue(CustomerState.SUSPENDED, "dfltSuspended", NOON);
    }

    private static Fact registered(SubordinateRef ref) {
        return new SubordinateRegistered(ref, Optional.empty(), CustomerState.ACTIVE, "dfltActive");
    }

    private static Fact registered(SubordinateRef ref, SubordinateRef parent) {
        return new SubordinateRegistered(ref, Optional.of(parent), CustomerState.ACTIVE, "dfltActive");
    }

    private static Fact cascading(StateValue after) {
        return new StateChanged(active(), after, ChangeCause.COMMAND, Optional.empty(), Optional.empty(), true);
    }

    private static Fact completed(long causeSequence) {
        return new CascadeCompleted(causeSequence, Optional.empty(), 1, 0);
    }
}
