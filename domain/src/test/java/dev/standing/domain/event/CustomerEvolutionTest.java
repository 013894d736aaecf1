package dev.standing.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.PendingOverdue;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What events give when they are folded is told by the decision tests; here is what cannot be folded. */
class CustomerEvolutionTest {

    private static final StateValue ACTIVE = new StateValue(CustomerState.ACTIVE, "dfltActive", Instant.EPOCH);
    private static final Fact REGISTERED = new CustomerRegistered(Optional.empty(), ACTIVE, Map.of());
    private static final Fact CHANGED =
            new StateChanged(ACTIVE, ACTIVE, ChangeCause.COMMAND, Optional.empty(), Optional.empty(), false);

    private final Optional<Customer> customer =
            Optional.of(CustomerEvolution.evolve(Optional.empty(), event("c-1", 1, REGISTERED)));

    @Test
    void aGapInTheSequenceIsRefused() {
        assertRefused(customer, event("c-1", 3, CHANGED));
        assertRefused(customer, event("c-1", 1, CHANGED));
        assertRefused(Optional.empty(), event("c-1", 2, REGISTERED));
    }

    @Test
    void aSecondRegistrationIsRefused() {
        assertRefused(customer, event("c-1", 2, REGISTERED));
    }

    @Test
    void aChangeOfWhatWasNotRegisteredIsRefused() {
        assertRefused(Optional.empty(), event("c-1", 1, CHANGED));
        assertRefused(customer, event("c-2", 2, CHANGED));
    }

    @Test
    void whatIsSaidOfAChangeThatIsNotPlannedIsRefused() {
        Optional<String> changeId = Optional.of("c-1:9");

        assertRefused(
                customer,
                event("c-1", 2, new StateChanged(ACTIVE, ACTIVE, ChangeCause.DUE, changeId, Optional.empty(), false)));
        assertRefused(
                customer,
                event(
                        "c-1",
                        2,
                        new ChangeConfirmed(
                                "c-1:9", ACTIVE, Instant.EPOCH, false, ChangeCause.COMMAND, Optional.empty())));
        assertRefused(
                customer, event("c-1", 2, new ChangeCancelled("c-1:9", ACTIVE, CancelCause.COMMAND, Optional.empty())));
        assertRefused(
                customer,
                event("c-1", 2, new ChangeFailed("c-1:9", ACTIVE, RejectionCode.ILLEGAL_TRANSITION, "not allowed")));
        assertRefused(customer, event("c-1", 2, new PendingOverdue("c-1:9", ACTIVE)));
    }

    @Test
    void whatHappensToSubordinatesMovesTheCustomerOnAndNothingElse() {
        SubordinateRef account = new SubordinateRef(SubordinateType.ACCOUNT, "a-1");
        Customer before = customer.orElseThrow();
        for (Fact fact : List.of(
                new SubordinateRegistered(account, Optional.empty(), CustomerState.BLOCKED, "fraud"),
                new SubordinateRemoved(account),
                new CascadeCompleted(1, Optional.empty(), 2, 3))) {
            Event event = new Event(
                    "c-1",
                    2,
                    Instant.EPOCH.plusSeconds(1),
                    event("c-1", 2, fact).origin(),
                    "p",
                    fact);

            assertThat(CustomerEvolution.evolve(customer, event))
                    .isEqualTo(new Customer(
                            "c-1",
                            before.externalId(),
                            1,
                            2,
                            Instant.EPOCH.plusSeconds(1),
                            before.state(),
                            before.stateRecordedAt(),
                            before.registeredAt(),
                            before.attributes(),
                            before.plannedChanges()));
        }
    }

    private static void assertRefused(Optional<Customer> customer, Event event) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CustomerEvolution.evolve(customer, event))
                .withMessageContaining(event.eventId());
    }

    private static Event event(String customerId, long sequence, Fact fact) {
        return new Event(
                customerId, sequence, Instant.EPOCH, new Origin("cmd", Optional.empty(), "crm"), "default-1", fact);
    }
}
