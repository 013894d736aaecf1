package dev.standing.domain.decision;

import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Verdict.Accepted;
import dev.standing.domain.decision.Verdict.Rejected;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.policy.ConfirmWithoutPending;
import dev.standing.domain.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a confirmation is decided ({@code semantics.md} section 6). */
final class ConfirmationRule {

    private final Policy policy;
    private final PlanningRule planning;
    private final TransitionRule transitions;
    private final StateChangeRule stateChanges;

    ConfirmationRule(Policy policy, StateChangeRule stateChanges) {
        this.policy = policy;
        this.planning = new PlanningRule(policy);
        this.transitions = new TransitionRule(policy);
        this.stateChanges = stateChanges;
    }

    /** Decides a confirmation for a customer that exists. */
    Verdict decide(Customer customer, ConfirmChange confirmation, Instant now) {
        return Verdict.unless(
                planning.ofState(customer, confirmation.state(), confirmation.reason()),
                () -> customer.pendingChange()
                        .map(pending -> confirmed(customer, pending, confirmation, now))
                        .orElseGet(() -> nothingPending(customer, confirmation, now)));
    }

    private Verdict nothingPending(Customer customer, ConfirmChange confirmation, Instant now) {
        if (policy.planning().confirmWithoutPending() == ConfirmWithoutPending.REJECT) {
            return new Rejected(PlanningRule.nothingPending("No change of the customer waits for a confirmation"));
        }
        ChangeState change = new ChangeState(
                confirmation.state(),
                confirmation.reason(),
                confirmation.validFrom(),
                confirmation.subordinateUpdated().orElse(false),
                confirmation.notes());
        return stateChanges.decide(customer, change, now);
    }

    private Verdict confirmed(Customer customer, PlannedChange pending, ConfirmChange confirmation, Instant now) {
        Instant validFrom = confirmation.validFrom().orElse(pending.change().validFrom());
        boolean inFuture = validFrom.isAfter(now);
        return Verdict.unless(
                PlanningRule.matches(pending, confirmation.state(), confirmation.reason())
                        .or(() -> inFuture ? Optional.empty() : transitions.allowed(customer, confirmation.state())),
                () -> {
                    ChangeConfirmed confirmed = confirmed(pending, confirmation, validFrom);
                    return inFuture
                            ? new Accepted(OutcomeStatus.CONFIRMED, List.of(confirmed))
                            : new Accepted(OutcomeStatus.APPLIED, applied(customer, pending, confirmed));
                });
    }

    private static ChangeConfirmed confirmed(PlannedChange pending, ConfirmChange confirmation, Instant validFrom) {
        StateValue proposed = pending.change();
        return new ChangeConfirmed(
                pending.changeId(),
                new StateValue(proposed.state(), proposed.reason(), validFrom),
                proposed.validFrom(),
                confirmation.subordinateUpdated().orElse(pending.subordinateUpdated()),
                ChangeCause.COMMAND,
                confirmation.notes());
    }

    private List<Fact> applied(Customer customer, PlannedChange pending, ChangeConfirmed confirmed) {
        List<Fact> facts = new ArrayList<>();
        facts.add(confirmed);
        facts.addAll(transitions.applied(
                customer,
                confirmed.changeId(),
                confirmed.change(),
                ChangeCause.COMMAND,
                confirmed.notes().or(pending::notes),
                confirmed.subordinateUpdated()));
        return facts;
    }
}
