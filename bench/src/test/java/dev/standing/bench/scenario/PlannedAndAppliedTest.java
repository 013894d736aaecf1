package dev.standing.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.standing.avro.ChangeCause;
import dev.standing.avro.ChangeScheduled;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.EventType;
import dev.standing.avro.StateChanged;
import dev.standing.avro.StateValue;
import dev.standing.bench.report.Figure;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlannedAndAppliedTest {

    private static final Instant DUE = Instant.parse("2026-01-01T00:00:00Z");

    private final PlannedAndApplied all = new PlannedAndApplied();

    @Test
    void changesThatAreAppliedOnceAndInOrderAreNoFault() {
        planned("a", "a:2");
        planned("a", "a:3");
        applied("a", "a:2");
        applied("a", "a:3");

        assertThat(all.faults(2)).extracting(Figure::value).containsOnly(0.0);
    }

    @Test
    void aChangeThatIsNotAppliedIsTold() {
        planned("a", "a:2");
        planned("b", "b:2");
        applied("a", "a:2");

        assertThat(fault(2, "changes not applied")).isEqualTo(1);
    }

    @Test
    void aChangeThatIsAppliedTwiceIsTold() {
        planned("a", "a:2");
        applied("a", "a:2");
        applied("a", "a:2");

        assertThat(fault(1, "changes applied more than once")).isEqualTo(1);
    }

    @Test
    void changesInAnotherOrderAreTold() {
        planned("a", "a:2");
        planned("a", "a:3");
        applied("a", "a:3");
        applied("a", "a:2");

        assertThat(fault(2, "customers with changes out of order")).isEqualTo(1);
    }

    @Test
    void aChangeThatWasNeverPlannedIsTold() {
        planned("a", "a:2");
        applied("a", "a:2");

        assertThat(fault(2, "changes that were not planned")).isEqualTo(1);
    }

    @Test
    void latenessCountsFromTheTimeThatAChangeIsValidFrom() {
        planned("a", "a:2");
        applied("a", "a:2");

        assertThat(all.lateness().maxMillis()).isCloseTo(40, within(0.1));
    }

    @Test
    void whatACommandChangesIsNotLate() {
        all.add(event("a", changed("a:2", ChangeCause.COMMAND)));

        assertThat(all.lateness().count()).isZero();
    }

    private double fault(int expected, String name) {
        return all.faults(expected).stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private void planned(String customerId, String changeId) {
        all.add(event(
                customerId,
                CustomerEvent.newBuilder()
                        .setType(EventType.CHANGE_SCHEDULED)
                        .setChangeScheduled(ChangeScheduled.newBuilder()
                                .setChangeId(changeId)
                                .setChange(state())
                                .build())));
    }

    private void applied(String customerId, String changeId) {
        all.add(event(customerId, changed(changeId, ChangeCause.DUE)));
    }

    private static CustomerEvent.Builder changed(String changeId, ChangeCause cause) {
        return CustomerEvent.newBuilder()
                .setType(EventType.STATE_CHANGED)
                .setStateChanged(StateChanged.newBuilder()
                        .setBefore(state())
                        .setAfter(state())
                        .setCause(cause)
                        .setChangeId(changeId)
                        .build());
    }

    private static CustomerEvent event(String customerId, CustomerEvent.Builder event) {
        return event.setEventId("any")
                .setCustomerId(customerId)
                .setSequence(1)
                .setRecordedAt(DUE.plusMillis(40))
                .setCommandId("any")
                .setSource("test")
                .setPolicyVersion("any")
                .build();
    }

    private static StateValue state() {
        return StateValue.newBuilder()
                .setState(CustomerState.SUSPENDED)
                .setStateReason("nonPayment")
                .setValidFrom(DUE)
                .build();
    }
}
