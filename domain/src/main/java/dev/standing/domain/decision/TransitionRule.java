package dev.standing.domain.decision;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From which state to which a customer may go, and what follows when it does ({@code semantics.md} sections 4 to 6). */
final class TransitionRule {

    private final Policy policy;

    TransitionRule(Policy policy) {
        this.policy = policy;
    }

    /** Nothing changes a customer in a terminal state. */
    Optional<Rejection> notTerminal(Customer customer) {
        CustomerState current = customer.state().state();
        return policy.of(current).terminal()
                ? Optional.of(Rejection.of(
                        RejectionCode.CUSTOMER_DEACTIVATED,
                        "The customer is in the terminal state " + current + ": nothing changes it any more"))
                : Optional.empty();
    }

    /** Another reason within the same state needs no transition. */
    Optional<Rejection> allowed(Customer customer, CustomerState target) {
        CustomerState current = customer.state().state();
        return target == current || policy.of(current).transitions().contains(target)
                ? Optional.empty()
                : Optional.of(Rejection.of(
                        RejectionCode.ILLEGAL_TRANSITION,
                        CommandField.STATE,
                        "The policy " + policy.version() + " does not lead from " + current + " to " + target));
    }

    /** The customer has the new state, for which nothing was planned. */
    List<Fact> changed(
            Customer customer, StateValue after, ChangeCause cause, Optional<String> notes, boolean cascade) {
        return entered(
                new StateChanged(customer.state(), after, cause, Optional.empty(), notes, cascade),
                customer.plannedChanges());
    }

    /** The customer has the state that was planned. */
    List<Fact> applied(Customer customer, PlannedChange planned, ChangeCause cause) {
        return applied(
                customer, planned.changeId(), planned.change(), cause, planned.notes(), planned.subordinateUpdated());
    }

    /** The customer has the state that was planned, as it was confirmed. */
    List<Fact> applied(
            Customer customer,
            String changeId,
            StateValue after,
            ChangeCause cause,
            Optional<String> notes,
            boolean cascade) {
        List<PlannedChange> left = customer.plannedChanges().stream()
                .filter(other -> !other.changeId().equals(changeId))
                .toList();
        return entered(new StateChanged(customer.state(), after, cause, Optional.of(changeId), notes, cascade), left);
    }

    /** Entering a terminal state cancels all that is planned. */
    private List<Fact> entered(StateChanged changed, List<PlannedChange> left) {
        List<Fact> facts = new ArrayList<>();
        facts.add(changed);
        if (policy.of(changed.after().state()).terminal()) {
            left.forEach(planned -> facts.add(cancelled(planned, CancelCause.TERMINAL_STATE, Optional.empty())));
        }
        return facts;
    }

    /** A planned change is dropped. */
    static Fact cancelled(PlannedChange planned, CancelCause cause, Optional<String> notes) {
        return new ChangeCancelled(planned.changeId(), planned.change(), cause, notes);
    }
}
