package dev.standing.domain.decision;

import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.ChangeSelection.ById;
import dev.standing.domain.command.ChangeSelection.ByState;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.decision.Verdict.Accepted;
import dev.standing.domain.decision.Verdict.Rejected;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.policy.Policy;
import java.util.List;
import java.util.Optional;

/** How a cancellation is decided ({@code semantics.md} section 6). */
final class CancellationRule {

    private final PlanningRule planning;
    private final TransitionRule transitions;

    CancellationRule(Policy policy) {
        this.planning = new PlanningRule(policy);
        this.transitions = new TransitionRule(policy);
    }

    /** Decides a cancellation for a customer that exists. */
    Verdict decide(Customer customer, CancelChange cancellation) {
        ChangeSelection selection = cancellation.selection();
        return selection instanceof ByState byState
                ? byState(customer, byState, cancellation)
                : byId(customer, (ById) selection, cancellation);
    }

    private Verdict byId(Customer customer, ById selected, CancelChange cancellation) {
        return Verdict.unless(
                transitions.notTerminal(customer),
                () -> customer.plannedChange(selected.changeId())
                        .map(planned -> cancelled(planned, cancellation))
                        .orElseGet(() -> new Rejected(Rejection.of(
                                RejectionCode.NO_PENDING_CHANGE,
                                CommandField.CHANGE_ID,
                                "The customer has no planned change " + selected.changeId()))));
    }

    private Verdict byState(Customer customer, ByState selected, CancelChange cancellation) {
        Optional<PlannedChange> pending = customer.pendingChange();
        return Verdict.unless(
                planning.ofState(customer, selected.state(), selected.reason())
                        .or(() -> pending.flatMap(
                                change -> PlanningRule.matches(change, selected.state(), selected.reason()))),
                () -> pending.or(() -> onlyScheduled(customer, selected))
                        .map(planned -> cancelled(planned, cancellation))
                        .orElseGet(() -> new Rejected(PlanningRule.nothingPending(
                                "No change is pending, and not exactly one that is scheduled has this state and"
                                        + " reason"))));
    }

    private static Optional<PlannedChange> onlyScheduled(Customer customer, ByState selected) {
        List<PlannedChange> same = customer.plannedChanges().stream()
                .filter(planned -> PlanningRule.isSame(planned, selected.state(), selected.reason()))
                .toList();
        return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
    }

    private static Verdict cancelled(PlannedChange planned, CancelChange cancellation) {
        return new Accepted(
                OutcomeStatus.CANCELLED,
                List.of(TransitionRule.cancelled(planned, CancelCause.COMMAND, cancellation.notes())));
    }
}
