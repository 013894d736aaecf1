package dev.standing.processor.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CustomerEvent;
import dev.standing.avro.PlannedChangeStatus;
import dev.standing.avro.store.AgendaEntry;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.PendingOverdue;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.testing.CommandSequences;
import dev.standing.domain.testing.CommandSequences.Step;
import dev.standing.domain.testing.NamedPolicy;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.EventChain.Link;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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

/** What the read model lists of what is planned. */
class AgendaTopologyTest {

    /** How many random sequences under each policy; more take long. */
    private static final int SEEDS = 1;

    private static final int EVENT_SCHEMA = 11;
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOON.plus(Duration.ofHours(1));
    private static final Instant MUCH_LATER = NOON.plus(Duration.ofDays(1));
    private static final Set<PlannedChangeStatus> ALL =
            Set.of(PlannedChangeStatus.SCHEDULED, PlannedChangeStatus.PENDING);

    private final TopicCatalogue topics = new TopicCatalogue("standing.", 1, 1);
    private final AgendaFloors floors = new AgendaFloors();
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
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test-agenda");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        HistoryTopology topology = new HistoryTopology(
                topics,
                registry,
                schemas,
                new ReadPositions(),
                floors,
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
    void whatIsPlannedIsListedSoonestFirstOverAllCustomers() {
        happen("b", scheduled("b:2", MUCH_LATER));
        happen("c", proposed("c:2", LATER));
        happen("a", scheduled("a:2", MUCH_LATER), scheduled("a:3", NOON.minusSeconds(1)));

        assertThat(agenda())
                .containsExactly(
                        entry("a", "a:3", PlannedChangeStatus.SCHEDULED, NOON.minusSeconds(1)),
                        entry("c", "c:2", PlannedChangeStatus.PENDING, LATER),
                        entry("a", "a:2", PlannedChangeStatus.SCHEDULED, MUCH_LATER),
                        entry("b", "b:2", PlannedChangeStatus.SCHEDULED, MUCH_LATER));
    }

    @Test
    void aChangeThatIsConfirmedForAnotherDateIsScheduledForIt() {
        happen(
                "c",
                proposed("c:2", LATER),
                new ChangeConfirmed("c:2", suspended(MUCH_LATER), LATER, false, ChangeCause.COMMAND, Optional.empty()));

        assertThat(agenda()).containsExactly(entry("c", "c:2", PlannedChangeStatus.SCHEDULED, MUCH_LATER));
    }

    @Test
    void aChangeThatIsCancelledIsNotListedWhateverItWaitedFor() {
        happen("c", proposed("c:2", LATER), cancelled("c:2", LATER));
        happen("d", scheduled("d:2", LATER), cancelled("d:2", LATER));

        assertThat(agenda()).isEmpty();
    }

    @Test
    void aChangeThatWasAppliedOrFailedIsNotListed() {
        happen(
                "c",
                scheduled("c:2", LATER),
                new StateChanged(
                        active(), suspended(LATER), ChangeCause.DUE, Optional.of("c:2"), Optional.empty(), false));
        happen(
                "d",
                scheduled("d:2", LATER),
                new ChangeFailed("d:2", suspended(LATER), RejectionCode.ILLEGAL_TRANSITION, "no"));

        assertThat(agenda()).isEmpty();
    }

    @Test
    void aChangeThatIsOverdueIsListedStill() {
        happen("c", proposed("c:2", LATER), new PendingOverdue("c:2", suspended(LATER)));

        assertThat(agenda()).containsExactly(entry("c", "c:2", PlannedChangeStatus.PENDING, LATER));
    }

    @Test
    void aChangeOfStateThatWasNotPlannedEndsNothing() {
        happen(
                "c",
                scheduled("c:2", LATER),
                new StateChanged(
                        active(), suspended(NOON), ChangeCause.COMMAND, Optional.empty(), Optional.empty(), false));

        assertThat(agenda()).hasSize(1);
    }

    @Test
    void anExcerptHasOneStatusAndEarlierDatesAndSoMany() {
        happen("a", scheduled("a:2", LATER), scheduled("a:3", MUCH_LATER));
        happen("b", proposed("b:2", LATER));

        assertThat(ids(excerpt(Set.of(PlannedChangeStatus.PENDING), Optional.empty(), Optional.empty(), 9)))
                .containsExactly("b:2");
        assertThat(ids(excerpt(Set.of(PlannedChangeStatus.SCHEDULED), Optional.empty(), Optional.empty(), 1)))
                .containsExactly("a:2");
        assertThat(ids(excerpt(ALL, Optional.empty(), Optional.of(LATER), 9))).isEmpty();
        assertThat(ids(excerpt(ALL, Optional.empty(), Optional.of(LATER.plusMillis(1)), 9)))
                .containsExactly("a:2", "b:2");
        assertThat(ids(excerpt(ALL, Optional.of(AgendaPosition.of(LATER, "a", "a:2")), Optional.empty(), 9)))
                .containsExactly("b:2", "a:3");
        assertThat(ids(excerpt(ALL, Optional.of(AgendaPosition.of(LATER, "b", "b:2")), Optional.of(MUCH_LATER), 9)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eventsThatComeAgainMakeItRightWhereverItWas(NamedPolicy policy) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            DomainModel model = new DomainModel(policy.policy());
            List<Link> log = log(model, seed);
            int committed = log.size() / 3;
            for (int written = committed; written <= log.size(); written += log.size() / 6) {
                send(log.subList(0, written));
                Map<Bytes, byte[]> asWritten = rows();
                send(log.subList(written, log.size()));
                restore(asWritten);

                send(log.subList(committed, log.size()));

                assertThat(agenda()).isEqualTo(planned(model.customers().values(), "s" + seed));
            }
            rows().keySet().forEach(store()::delete);
        }
    }

    @Test
    void whatWasPlannedBeforeThereWasAListIsListedStepByStepWhileEventsGoOn() {
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < AgendaCompletion.STEP + 200; i++) {
            String customerId = "c-%04d".formatted(i);
            customers.add(customerId);
            happen(customerId, scheduled(customerId + ":2", LATER.plusMillis(i)));
        }
        rows().keySet().forEach(store()::delete);

        driver.advanceWallClockTime(AgendaCompletion.PAUSE);

        assertThat(agenda()).hasSize(AgendaCompletion.STEP);
        assertThat(AgendaRows.isComplete(store())).isFalse();
        happen("c-0000", cancelled("c-0000:2", LATER));
        happen("c-1199", cancelled("c-1199:2", LATER.plusMillis(1_199)), proposed("c-1199:4", NOON));

        driver.advanceWallClockTime(AgendaCompletion.PAUSE);

        assertThat(AgendaRows.isComplete(store())).isTrue();
        List<String> expected = new ArrayList<>(List.of("c-1199:4"));
        customers.subList(1, 1_199).forEach(customerId -> expected.add(customerId + ":2"));
        assertThat(ids(agenda())).isEqualTo(expected);
    }

    @Test
    void aListIsCompleteOnceThereIsNothingLeftToList() {
        assertThat(AgendaRows.isComplete(store())).isFalse();

        driver.advanceWallClockTime(AgendaCompletion.PAUSE);

        assertThat(AgendaRows.isComplete(store())).isTrue();
    }

    @Test
    void scansBeginAtTheFirstRowThatIsLeftAndFindEarlierOnesThatCome() {
        happen("a", scheduled("a:2", NOON), scheduled("a:3", LATER), cancelled("a:2", NOON));
        agenda();
        assertThat(floors.of(0).get(PlannedChangeStatus.SCHEDULED).mark().key())
                .isEqualTo(AgendaRows.key(PlannedChangeStatus.SCHEDULED, AgendaPosition.of(LATER, "a", "a:3")));

        happen("b", scheduled("b:2", NOON.minusSeconds(5)));

        assertThat(ids(agenda())).containsExactly("b:2", "a:3");
    }

    /** The events that random commands give, one customer after the other. */
    private static List<Link> log(DomainModel model, int seed) {
        CommandSequences commands =
                new CommandSequences(List.of("s" + seed + "-1", "s" + seed + "-2", "s" + seed + "-3"), NOON, false);
        Instant clock = NOON;
        for (Step step : commands.steps(seed, 150)) {
            clock = clock.plus(step.advance());
            model.settle(clock);
            model.decide(step.command(), clock);
        }
        List<Link> log = new ArrayList<>();
        model.events().values().forEach(all -> log.addAll(new EventChain().extend(Optional.empty(), all)));
        log.sort(Comparator.comparingLong(link -> link.event().getSequence()));
        return log;
    }

    private static List<AgendaEntry> planned(Iterable<Customer> customers, String prefix) {
        List<AgendaEntry> planned = new ArrayList<>();
        for (Customer customer : customers) {
            assertThat(customer.customerId()).startsWith(prefix);
            customer.plannedChanges()
                    .forEach(change -> planned.add(new AgendaEntry(
                            customer.customerId(),
                            change.changeId(),
                            PlannedChangeStatus.valueOf(change.status().name()),
                            dev.standing.avro.CustomerState.valueOf(
                                    change.change().state().name()),
                            change.change().reason(),
                            change.change().validFrom())));
        }
        planned.sort(Comparator.comparing(AgendaPosition::of));
        return planned;
    }

    /** Sends the customer's next events; the first are preceded by its registration. */
    private void happen(String customerId, Fact... facts) {
        List<Event> all = events.computeIfAbsent(
                customerId,
                unused -> new ArrayList<>(
                        List.of(event(customerId, 1, new CustomerRegistered(Optional.empty(), active(), Map.of())))));
        int known = all.size() == 1 ? 0 : all.size();
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

    private List<AgendaEntry> agenda() {
        return excerpt(ALL, Optional.empty(), Optional.empty(), 10_000);
    }

    private List<AgendaEntry> excerpt(
            Set<PlannedChangeStatus> statuses, Optional<AgendaPosition> after, Optional<Instant> dueBefore, int limit) {
        return AgendaRows.read(store(), floors.of(0), new AgendaExcerpt(statuses, after, dueBefore, limit));
    }

    private static List<String> ids(List<AgendaEntry> entries) {
        return entries.stream().map(AgendaEntry::getChangeId).toList();
    }

    private KeyValueStore<Bytes, byte[]> store() {
        return driver.getKeyValueStore(HistoryStores.PLANNED);
    }

    private Map<Bytes, byte[]> rows() {
        Map<Bytes, byte[]> rows = new LinkedHashMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store().all()) {
            all.forEachRemaining(row -> rows.put(row.key, row.value));
        }
        return rows;
    }

    private void restore(Map<Bytes, byte[]> rows) {
        rows().keySet().forEach(store()::delete);
        rows.forEach(store()::put);
        floors.of(0).forEach((status, floor) -> floor.added(AgendaRows.lowest(status)));
    }

    private static AgendaEntry entry(
            String customerId, String changeId, PlannedChangeStatus status, Instant validFrom) {
        return new AgendaEntry(
                customerId, changeId, status, dev.standing.avro.CustomerState.SUSPENDED, "dfltSuspended", validFrom);
    }

    private static StateValue active() {
        return new StateValue(CustomerState.ACTIVE, "dfltActive", NOON);
    }

    private static StateValue suspended(Instant validFrom) {
        return new StateValue(CustomerState.SUSPENDED, "dfltSuspended", validFrom);
    }

    private static Fact scheduled(String changeId, Instant validFrom) {
        return new ChangeScheduled(changeId, suspended(validFrom), false, Optional.empty());
    }

    private static Fact proposed(String changeId, Instant validFrom) {
        return new ChangeProposed(changeId, suspended(validFrom), false, Optional.empty());
    }

    private static Fact cancelled(String changeId, Instant validFrom) {
        return new ChangeCancelled(changeId, suspended(validFrom), CancelCause.COMMAND, Optional.empty());
    }
}
