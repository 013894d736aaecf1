package dev.standing.processor.topology;

import static dev.standing.processor.topology.TopologyFixture.NOON;
import static dev.standing.processor.topology.TopologyFixture.cascade;
import static dev.standing.processor.topology.TopologyFixture.change;
import static dev.standing.processor.topology.TopologyFixture.registration;
import static dev.standing.processor.topology.TopologyFixture.removal;
import static dev.standing.processor.topology.TopologyFixture.subordinates;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CascadeCompleted;
import dev.standing.avro.ChangeState;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.EventType;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.avro.StateValue;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateRef;
import dev.standing.avro.SubordinateType;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.processor.store.CustomerStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of customers on their way to subordinates ({@code semantics.md} section 7). */
class CascadesTest {

    @TempDir
    Path stateDirectory;

    private TopologyFixture topology;

    @BeforeEach
    void start() {
        topology = new TopologyFixture(PolicyFile.packagedDefault(), stateDirectory, 1);
        topology.send(registration("c-1", "r-1"));
        topology.send(registration("c-2", "r-2"));
        drain();
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void everySubordinateGetsOneUpdateParentsBeforeChildren() {
        topology.send(subordinates(
                "c-1",
                "r-3",
                List.of(
                        account("z-top"),
                        account("a-below", "z-top"),
                        subordinate(SubordinateType.SUBSCRIBER, "b", ref(SubordinateType.ACCOUNT, "a-below")),
                        subordinate(SubordinateType.SUBSCRIPTION, "c", null))));
        drain();

        topology.send(cascade("c-1", "r-4", CustomerState.SUSPENDED, "fraud"));
        goOn();

        List<SubordinateUpdate> updates = topology.subordinateUpdates();
        assertThat(updates).extracting(SubordinateUpdate::getId).containsExactly("z-top", "c", "a-below", "b");
        assertThat(updates.get(2))
                .isEqualTo(SubordinateUpdate.newBuilder()
                        .setUpdateId("c-1:6/ACCOUNT/a-below")
                        .setCustomerId("c-1")
                        .setSubordinateType(SubordinateType.ACCOUNT)
                        .setId("a-below")
                        .setParent(ref(SubordinateType.ACCOUNT, "z-top"))
                        .setState(new StateValue(CustomerState.SUSPENDED, "fraud", NOON))
                        .setCauseEventId("c-1:6")
                        .setCauseSequence(6)
                        .setRecordedAt(NOON.plusMillis(2))
                        .build());
    }

    @Test
    void itsEndIsAnEventThatCountsAndCarriesTheCommandOfTheChange() {
        topology.send(subordinates("c-1", "r-3", List.of(account("a"), account("b"), account("gone"))));
        topology.send(subordinates(
                "c-1",
                "r-4",
                List.of(
                        inState(account("gone"), CustomerState.DEACTIVATED, "dfltDeactivated"),
                        inState(account("b"), CustomerState.SUSPENDED, "fraud"))));
        drain();

        topology.send(cascade("c-1", "r-5", CustomerState.SUSPENDED, "fraud"));
        goOn();

        assertThat(topology.subordinateUpdates())
                .extracting(SubordinateUpdate::getId)
                .containsExactly("a");
        CustomerEvent completed = topology.events().get(1);
        assertThat(completed.getCascadeCompleted()).contains(new CascadeCompleted(7L, null, 1L, 2L));
        assertThat(completed.getSequence()).isEqualTo(8);
        assertThat(completed.getCommandId()).isEqualTo("cmd-r-5");
        Customer customer = lastCustomer();
        assertThat(customer.getSequence()).isEqualTo(8);
        assertThat(customer.getVersion()).isEqualTo(7);
    }

    @Test
    void anotherReasonIsAnotherState() {
        topology.send(
                subordinates("c-1", "r-3", List.of(inState(account("a"), CustomerState.SUSPENDED, "nonPayment"))));
        topology.send(cascade("c-1", "r-4", CustomerState.SUSPENDED, "fraud"));
        goOn();

        assertThat(topology.subordinateUpdates()).hasSize(1);
    }

    @Test
    void theRegistryHoldsTheNewState() {
        topology.send(subordinates("c-1", "r-3", List.of(account("a"))));
        topology.send(cascade("c-1", "r-4", CustomerState.SUSPENDED, "fraud"));
        goOn();
        topology.subordinateUpdates();
        drain();

        topology.send(cascade("c-1", "r-5", CustomerState.SUSPENDED, "fraud"));
        goOn();

        assertThat(topology.subordinateUpdates()).isEmpty();
        assertThat(completions()).containsExactly(new CascadeCompleted(5L, null, 0L, 1L));
    }

    @Test
    void aLaterRegistrationWinsOverTheCascade() {
        topology.send(subordinates("c-1", "r-3", List.of(account("a"), account("b"))));
        topology.send(cascade("c-1", "r-4", CustomerState.SUSPENDED, "fraud"));
        topology.send(subordinates("c-1", "r-5", List.of(account("b"), account("new"))));
        drain();
        goOn();

        assertThat(topology.subordinateUpdates())
                .extracting(SubordinateUpdate::getId)
                .containsExactly("a");
        assertThat(completions()).containsExactly(new CascadeCompleted(4L, null, 1L, 0L));
    }

    @Test
    void whatWasRemovedBeforeItWasReachedIsNotUpdated() {
        topology.send(subordinates("c-1", "r-3", List.of(account("a"), account("b"))));
        topology.send(cascade("c-1", "r-4", CustomerState.SUSPENDED, "fraud"));
        topology.send(removal("c-1", "r-5", SubordinateType.ACCOUNT, "a"));
        assertThat(topology.results().get(2).getStatus()).isEqualTo(ResultStatus.REMOVED);
        goOn();

        assertThat(topology.subordinateUpdates())
                .extracting(SubordinateUpdate::getId)
                .containsExactly("b");
    }

    @Test
    void withoutSubordinatesItEndsAtOnce() {
        topology.send(cascade("c-1", "r-3", CustomerState.SUSPENDED, "fraud"));
        drain();
        goOn();

        assertThat(completions()).containsExactly(new CascadeCompleted(2L, null, 0L, 0L));
    }

    @Test
    void withoutAWordOfSubordinatesNoneFollows() {
        topology.send(subordinates("c-1", "r-3", List.of(account("a"))));
        topology.send(change("c-1", "r-4", CustomerState.SUSPENDED, "fraud"));
        drain();
        goOn();

        assertThat(topology.events()).isEmpty();
        assertThat(topology.subordinateUpdates()).isEmpty();
    }

    @Test
    void aChangeThatFallsDueTakesItsSubordinatesAlong() {
        topology.send(subordinates("c-1", "r-3", List.of(account("a"))));
        CustomerCommand planned = cascade("c-1", "r-4", CustomerState.SUSPENDED, "fraud");
        topology.send(CustomerCommand.newBuilder(planned)
                .setChangeState(ChangeState.newBuilder(planned.getChangeState().orElseThrow())
                        .setValidFrom(NOON.plusSeconds(60))
                        .build())
                .build());
        goOn();
        assertThat(topology.subordinateUpdates()).isEmpty();

        topology.advance(Duration.ofSeconds(60));
        goOn();

        SubordinateUpdate update = topology.subordinateUpdates().get(0);
        assertThat(update.getChangeId()).contains("c-1:3");
        assertThat(update.getState().getValidFrom()).isEqualTo(NOON.plusSeconds(60));
        assertThat(completions()).containsExactly(new CascadeCompleted(4L, "c-1:3", 1L, 0L));
    }

    @Test
    void cascadesOfOneCustomerRunOneAfterAnother() {
        topology.send(subordinates("c-1", "r-3", accounts(120)));
        topology.send(cascade("c-1", "r-4", CustomerState.SUSPENDED, "fraud"));
        topology.send(cascade("c-1", "r-5", CustomerState.BLOCKED, "fraud"));
        topology.send(cascade("c-1", "r-6", CustomerState.ACTIVE, "dfltActive"));
        drain();
        goOn();

        List<SubordinateUpdate> updates = topology.subordinateUpdates();
        assertThat(updates).hasSize(360);
        assertThat(updates)
                .extracting(SubordinateUpdate::getCauseSequence)
                .isSorted()
                .contains(122L, 123L, 124L);
        assertThat(updates).extracting(SubordinateUpdate::getUpdateId).doesNotHaveDuplicates();
        assertThat(completions())
                .containsExactly(
                        new CascadeCompleted(122L, null, 120L, 0L),
                        new CascadeCompleted(123L, null, 120L, 0L),
                        new CascadeCompleted(124L, null, 120L, 0L));
    }

    @Test
    void customersTakeTurns() {
        topology.send(subordinates("c-1", "r-3", accounts(400)));
        topology.send(subordinates("c-2", "r-4", accounts(20)));
        topology.send(cascade("c-1", "r-5", CustomerState.SUSPENDED, "fraud"));
        topology.send(cascade("c-2", "r-6", CustomerState.SUSPENDED, "fraud"));
        drain();
        goOn();

        List<SubordinateUpdate> updates = topology.subordinateUpdates();
        assertThat(updates).hasSize(420);
        assertThat(updates.subList(0, 100))
                .filteredOn(update -> update.getCustomerId().equals("c-2"))
                .hasSize(20);
    }

    @Test
    void aCascadeThatCannotGoOnStopsNoOtherAndIsTriedAgain() {
        topology.send(subordinates("c-1", "r-3", accounts(3)));
        topology.send(subordinates("c-2", "r-4", accounts(3)));
        topology.send(cascade("c-1", "r-5", CustomerState.SUSPENDED, "fraud"));
        topology.send(cascade("c-2", "r-6", CustomerState.SUSPENDED, "fraud"));
        KeyValueStore<String, Customer> store = topology.driver.getKeyValueStore(CustomerStore.name());
        Customer whole = store.get("c-1");
        store.put(
                "c-1",
                Customer.newBuilder(whole)
                        .setState(new StateValue(CustomerState.UNKNOWN, "x", NOON))
                        .build());

        goOn();
        assertThat(topology.subordinateUpdates())
                .extracting(SubordinateUpdate::getCustomerId)
                .containsOnly("c-2")
                .hasSize(3);

        store.put("c-1", whole);
        topology.advance(Duration.ofMinutes(1));
        goOn();
        assertThat(topology.subordinateUpdates())
                .extracting(SubordinateUpdate::getCustomerId)
                .containsOnly("c-1")
                .hasSize(3);
    }

    @Test
    void aHierarchyThatCannotBeIsTurnedDownAsAWhole() {
        topology.send(subordinates("c-1", "r-3", List.of(account("a"), account("b", "missing"))));
        topology.send(removal("c-1", "r-4", SubordinateType.ACCOUNT, "a"));

        assertThat(topology.results())
                .extracting(result -> result.getCode().orElseThrow())
                .containsExactly(RejectionCode.INVALID_HIERARCHY, RejectionCode.UNKNOWN_SUBORDINATE);
        assertThat(topology.events()).isEmpty();
    }

    @Test
    void aParentIsRemovedWhenItHasNoChildrenAnyMore() {
        topology.send(subordinates("c-1", "r-3", List.of(account("a"), account("b", "a"), account("c", "b"))));
        topology.send(removal("c-1", "r-4", SubordinateType.ACCOUNT, "b"));
        topology.send(removal("c-1", "r-5", SubordinateType.ACCOUNT, "c"));
        topology.send(removal("c-1", "r-6", SubordinateType.ACCOUNT, "b"));
        topology.send(removal("c-1", "r-7", SubordinateType.ACCOUNT, "a"));

        assertThat(topology.results())
                .extracting(result -> result.getStatus())
                .containsExactly(
                        ResultStatus.REGISTERED,
                        ResultStatus.REJECTED,
                        ResultStatus.REMOVED,
                        ResultStatus.REMOVED,
                        ResultStatus.REMOVED);
    }

    private List<CascadeCompleted> completions() {
        return topology.events().stream()
                .filter(event -> event.getType() == EventType.CASCADE_COMPLETED)
                .map(event -> event.getCascadeCompleted().orElseThrow())
                .toList();
    }

    private Customer lastCustomer() {
        List<Customer> customers = topology.customers();
        return customers.get(customers.size() - 1);
    }

    /** Enough turns for all that is open. */
    private void goOn() {
        for (int i = 0; i < 20; i++) {
            topology.advance(Duration.ofMillis(2));
        }
    }

    private static List<Subordinate> accounts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> account("a-%04d".formatted(i)))
                .toList();
    }

    private static Subordinate account(String id) {
        return subordinate(SubordinateType.ACCOUNT, id, null);
    }

    private static Subordinate account(String id, String parent) {
        return subordinate(SubordinateType.ACCOUNT, id, ref(SubordinateType.ACCOUNT, parent));
    }

    private static Subordinate subordinate(SubordinateType type, String id, SubordinateRef parent) {
        return Subordinate.newBuilder()
                .setType(type)
                .setId(id)
                .setParent(parent)
                .build();
    }

    private static Subordinate inState(Subordinate subordinate, CustomerState state, String reason) {
        return Subordinate.newBuilder(subordinate)
                .setState(state)
                .setStateReason(reason)
                .build();
    }

    private static SubordinateRef ref(SubordinateType type, String id) {
        return new SubordinateRef(type, id);
    }

    private void drain() {
        topology.events();
        topology.customers();
        topology.results();
    }
}
