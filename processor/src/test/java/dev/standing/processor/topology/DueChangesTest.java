package dev.standing.processor.topology;

import static dev.standing.processor.topology.TopologyFixture.NOON;
import static dev.standing.processor.topology.TopologyFixture.cancellation;
import static dev.standing.processor.topology.TopologyFixture.change;
import static dev.standing.processor.topology.TopologyFixture.proposal;
import static dev.standing.processor.topology.TopologyFixture.registration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.ChangeCause;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.EventType;
import dev.standing.avro.StateValue;
import dev.standing.domain.policy.AutomaticEnd;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.testing.Policies;
import dev.standing.processor.store.CustomerStore;
import dev.standing.processor.store.DueIndex;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is due is applied by punctuation. */
class DueChangesTest {

    private static final Instant TOMORROW = NOON.plus(Duration.ofDays(1));

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
    void aScheduledChangeIsAppliedWhenItsDateHasComeAndNotBefore() {
        topology.send(change("c-1", "r-3", CustomerState.SUSPENDED, "fraud", TOMORROW));
        drain();

        topology.advance(Duration.ofDays(1).minusMillis(1));
        assertThat(topology.events()).isEmpty();
        topology.advance(Duration.ofMillis(2));

        CustomerEvent event = topology.events().get(0);
        assertThat(event.getType()).isEqualTo(EventType.STATE_CHANGED);
        assertThat(event.getCommandId()).isEqualTo("cmd-r-3");
        assertThat(event.getStateChanged().orElseThrow().getCause()).isEqualTo(ChangeCause.DUE);
        Customer customer = topology.customers().get(0);
        assertThat(customer.getState()).isEqualTo(new StateValue(CustomerState.SUSPENDED, "fraud", TOMORROW));
        assertThat(customer.getPlannedChanges()).isEmpty();
        assertThat(topology.results()).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void changesOfManyCustomersAreAppliedInOrderOfTheirDates() {
        topology.send(change("c-1", "r-3", CustomerState.SUSPENDED, "fraud", TOMORROW.plusSeconds(2)));
        topology.send(change("c-2", "r-4", CustomerState.SUSPENDED, "fraud", TOMORROW.plusSeconds(3)));
        topology.send(change("c-1", "r-5", CustomerState.BLOCKED, "fraud", TOMORROW.plusSeconds(4)));
        topology.send(change("c-2", "r-6", CustomerState.DORMANT, "dfltDormant", TOMORROW.plusSeconds(1)));
        drain();

        topology.advance(Duration.ofDays(2));

        assertThat(topology.events())
                .extracting(CustomerEvent::getCommandId)
                .containsExactly("cmd-r-6", "cmd-r-4", "cmd-r-3", "cmd-r-5");
        assertThat(rows()).isZero();
    }

    @Test
    void moreThanOneBatchIsAppliedWithoutWaitingForAnythingElse() {
        for (int i = 0; i < 350; i++) {
            topology.send(registration("m-" + i, "m-r-" + i));
            topology.send(change("m-" + i, "m-c-" + i, CustomerState.SUSPENDED, "fraud", TOMORROW));
        }
        drain();

        topology.advance(Duration.ofDays(1));
        for (int i = 0; i < 10; i++) {
            topology.advance(Duration.ofMillis(2));
        }

        assertThat(topology.events()).hasSize(350);
        assertThat(rows()).isZero();
    }

    @Test
    void aChangeForTheEndOfTimeHoldsNobodyUp() {
        Instant endOfTime = Instant.parse("9999-12-31T00:00:00Z");
        topology.send(change("c-1", "r-3", CustomerState.DEACTIVATED, "contractEnd", endOfTime));
        topology.send(change("c-2", "r-4", CustomerState.SUSPENDED, "fraud", NOON.plusSeconds(5)));
        drain();

        topology.advance(Duration.ofSeconds(5));
        topology.advance(Duration.ofDays(1));
        topology.advance(Duration.ofDays(1));
        topology.send(change("c-2", "r-5", CustomerState.ACTIVE, "dfltActive"));

        assertThat(topology.events()).extracting(CustomerEvent::getCommandId).containsExactly("cmd-r-4", "cmd-r-5");
        assertThat(rows()).isOne();
    }

    @Test
    void aLaterAlarmStillRingsAfterAnEarlierOne() {
        topology.send(change("c-1", "r-3", CustomerState.SUSPENDED, "fraud", NOON.plusSeconds(60)));
        topology.send(change("c-2", "r-4", CustomerState.SUSPENDED, "fraud", NOON.plusSeconds(5)));
        topology.send(cancellation("c-2", "r-5", "c-2:2"));
        drain();

        topology.advance(Duration.ofSeconds(5));
        topology.advance(Duration.ofSeconds(55));

        assertThat(topology.events()).extracting(CustomerEvent::getCommandId).containsExactly("cmd-r-3");
    }

    @Test
    void anEarlierChangeWakesItUpEarlier() {
        topology.send(change("c-1", "r-3", CustomerState.SUSPENDED, "fraud", TOMORROW));
        topology.send(change("c-2", "r-4", CustomerState.SUSPENDED, "fraud", NOON.plusSeconds(5)));
        drain();

        topology.advance(Duration.ofSeconds(5));

        assertThat(topology.events()).extracting(CustomerEvent::getCustomerId).containsExactly("c-2");
    }

    @Test
    void aCancelledChangeIsNotAppliedAndLeavesNoRow() {
        topology.send(change("c-1", "r-3", CustomerState.SUSPENDED, "fraud", TOMORROW));
        assertThat(rows()).isOne();
        topology.send(cancellation("c-1", "r-4", "c-1:2"));
        drain();

        topology.advance(Duration.ofDays(2));

        assertThat(topology.events()).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void aCommandThatComesBeforePunctuationSettlesWhatWasDueBeforeIt() {
        topology.send(change("c-1", "r-3", CustomerState.SUSPENDED, "fraud", TOMORROW));
        drain();
        topology.clock.advance(Duration.ofDays(2));

        topology.send(change("c-1", "r-4", CustomerState.ACTIVE, "dfltActive"));
        topology.driver.advanceWallClockTime(Duration.ofDays(2));

        assertThat(topology.events()).extracting(CustomerEvent::getCommandId).containsExactly("cmd-r-3", "cmd-r-4");
    }

    @Test
    void aPendingChangeIsToldOverdueOnce() {
        topology.send(proposal("c-1", "r-3", CustomerState.SUSPENDED, "fraud", NOON.minusSeconds(60)));
        drain();

        topology.advance(Duration.ofMillis(2));
        topology.advance(Duration.ofDays(30));

        assertThat(topology.events()).extracting(CustomerEvent::getType).containsExactly(EventType.PENDING_OVERDUE);
        assertThat(rows()).isZero();
    }

    @Test
    void aCustomerThatCannotBeSettledStopsNoOtherAndIsTriedAgain() {
        topology.send(change("c-1", "r-3", CustomerState.SUSPENDED, "fraud", TOMORROW));
        topology.send(change("c-2", "r-4", CustomerState.SUSPENDED, "fraud", TOMORROW));
        drain();
        KeyValueStore<String, Customer> store = topology.driver.getKeyValueStore(CustomerStore.name());
        Customer whole = store.get("c-1");
        store.put(
                "c-1",
                Customer.newBuilder(whole)
                        .setState(new StateValue(CustomerState.UNKNOWN, "x", NOON))
                        .build());

        topology.advance(Duration.ofDays(1));
        assertThat(topology.events()).extracting(CustomerEvent::getCustomerId).containsExactly("c-2");

        store.put("c-1", whole);
        topology.advance(Duration.ofMinutes(1).plusMillis(1));
        assertThat(topology.events()).extracting(CustomerEvent::getCustomerId).containsExactly("c-1");
    }

    @Test
    void recordsCarryTheTimeOfTheClockThoughACustomerWasDecidedOnLater() {
        topology.clock.advance(Duration.ofDays(1));
        topology.send(change("c-1", "r-3", CustomerState.SUSPENDED, "fraud"));
        drain();

        topology.clock.advance(Duration.ofDays(-1));
        topology.send(change("c-1", "r-4", CustomerState.ACTIVE, "dfltActive"));

        assertThat(topology.raw(topology.topics.events().name()).get(0).getRecordTime())
                .isEqualTo(NOON);
        assertThat(topology.results().get(0).getDecidedAt()).isEqualTo(TOMORROW);
    }

    @Test
    void anIndexOfAnotherPolicyIsMadeAnewThoughSomethingIsDueBefore() {
        topology.close();
        topology = new TopologyFixture(
                Policies.endingPendingChanges(AutomaticEnd.Action.CONFIRM, Duration.ofDays(2)), stateDirectory, 1);

        topology.clock.advance(Duration.ofDays(-1));
        topology.send(registration("c-1", "r-1"));
        topology.send(proposal("c-1", "r-2", CustomerState.SUSPENDED, "fraud", NOON.minus(Duration.ofDays(30))));
        topology.driver.advanceWallClockTime(Duration.ofSeconds(1));

        KeyValueStore<Bytes, byte[]> store = topology.driver.getKeyValueStore(DueIndex.name());
        assertThat(new DueIndex(store).rules()).contains("PT48H");
    }

    private void drain() {
        topology.events();
        topology.customers();
        topology.results();
    }

    /** The rows of the index, but for the one that tells its rules. */
    private long rows() {
        KeyValueStore<Bytes, byte[]> store = topology.driver.getKeyValueStore(DueIndex.name());
        long rows = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                rows += all.next().key.get().length > 1 ? 1 : 0;
            }
        }
        return rows;
    }
}
