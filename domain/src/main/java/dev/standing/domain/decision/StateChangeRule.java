package dev.standing.domain.decision;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Verdict.Accepted;
import dev.standing.domain.decision.Verdict.Rejected;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.StatePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How an immediate change of state is decided ({@code semantics.md} sections 4 and 5). */
final class StateChangeRule {

    private final Policy policy;

    StateChangeRule(Policy policy) {
        this.policy = policy;
    }

    /** Decides a change of a customer that exists; the checks are in the order of {@code semantics.md} section 4. */
    Verdict decide(Customer customer, ChangeState change, Instant now) {
        CustomerState state = change.state();
        StatePolicy target = policy.of(state);
        Optional<Rejection> rejection = notInFuture(change, now)
                .or(() -> notTerminal(customer))
                .or(() -> ReasonRule.check(state, target, change.reason()));
        if (rejection.isPresent()) {
            return new Rejected(rejection.get());
        }
        if (isUnchanged(customer, change)) {
            return new Accepted(OutcomeStatus.UNCHANGED, List.of());
        }
        CustomerState current = customer.state().state();
        if (state != current && !policy.of(current).transitions().contains(state)) {
            return new Rejected(Rejection.of(
                    RejectionCode.ILLEGAL_TRANSITION,
                    CommandField.STATE,
                    "The policy " + policy.version() + " does not lead from " + current + " to " + state));
        }
        StateValue after = new StateValue(
                state,
                ReasonRule.code(target, change.reason()),
                change.validFrom().orElse(now));
        return new Accepted(
                OutcomeStatus.APPLIED,
                List.of(new Fact.StateChanged(customer.state(), after, ChangeCause.COMMAND, change.notes())));
    }

    private static Optional<Rejection> notInFuture(ChangeState change, Instant now) {
        return change.validFrom()
                .filter(now::isBefore)
                .map(date -> Rejection.of(
                        RejectionCode.INVALID_REQUEST,
                        CommandField.VALID_FROM,
                        "Changes in the future are not supported yet; it is " + now + " now"));
    }

    private Optional<Rejection> notTerminal(Customer customer) {
        CustomerState current = customer.state().state();
        return policy.of(current).terminal()
                ? Optional.of(Rejection.of(
                        RejectionCode.CUSTOMER_DEACTIVATED,
                        "The customer is in the terminal state " + current + ": nothing changes it any more"))
                : Optional.empty();
    }

    private static boolean isUnchanged(Customer customer, ChangeState change) {
        StateValue current = customer.state();
        boolean sameReason = change.reason() instanceof ReasonChoice.PolicyDefault
                || change.reason().equals(new ReasonChoice.Named(current.reason()));
        boolean beforeCurrent = change.validFrom()
                .filter(date -> date.isBefore(current.validFrom()))
                .isPresent();
        return change.state() == current.state() && sameReason && !beforeCurrent;
    }
}
