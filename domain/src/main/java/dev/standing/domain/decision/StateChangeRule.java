package dev.standing.domain.decision;

import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Verdict.Accepted;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.StatePolicy;
import java.time.Instant;
import java.util.List;

/** How a change of state is decided: now, or for the future ({@code semantics.md} sections 4 and 5). */
final class StateChangeRule {

    private final Policy policy;
    private final TransitionRule transitions;
    private final PlanningRule planning;

    StateChangeRule(Policy policy) {
        this.policy = policy;
        this.transitions = new TransitionRule(policy);
        this.planning = new PlanningRule(policy);
    }

    /** Decides a change of a customer that exists; the checks are in the order of {@code semantics.md} section 4. */
    Verdict decide(Customer customer, ChangeState change, Instant now) {
        StatePolicy target = policy.of(change.state());
        return Verdict.unless(
                transitions.notTerminal(customer).or(() -> ReasonRule.check(change.state(), target, change.reason())),
                () -> {
                    StateValue after = new StateValue(
                            change.state(),
                            ReasonRule.code(target, change.reason()),
                            change.validFrom().orElse(now));
                    return after.validFrom().isAfter(now)
                            ? scheduled(customer, change, after)
                            : changed(customer, change, after);
                });
    }

    /** Whether the transition is allowed is asked when the change is applied. */
    private Verdict scheduled(Customer customer, ChangeState change, StateValue after) {
        return Verdict.unless(
                planning.roomForOneMore(customer),
                () -> new Accepted(
                        OutcomeStatus.SCHEDULED,
                        List.of(new ChangeScheduled(
                                Event.idOf(customer.customerId(), customer.sequence() + 1),
                                after,
                                change.subordinateUpdated(),
                                change.notes()))));
    }

    private Verdict changed(Customer customer, ChangeState change, StateValue after) {
        if (isUnchanged(customer, change)) {
            return new Accepted(OutcomeStatus.UNCHANGED, List.of());
        }
        return Verdict.unless(
                transitions.allowed(customer, change.state()),
                () -> new Accepted(
                        OutcomeStatus.APPLIED,
                        transitions.changed(
                                customer, after, ChangeCause.COMMAND, change.notes(), change.subordinateUpdated())));
    }

    private static boolean isUnchanged(Customer customer, ChangeState change) {
        StateValue current = customer.state();
        boolean sameReason = change.reason() instanceof ReasonChoice.PolicyDefault
                || change.reason().equals(new ReasonChoice.Named(current.reason()));
        boolean beforeCurrent = change.validFrom()
                .filter(date -> date.isBefore(current.validFrom()))
                .isPresent();
        return change.state() == current.state() && sameReason && !beforeCurrent && !change.subordinateUpdated();
    }
}
