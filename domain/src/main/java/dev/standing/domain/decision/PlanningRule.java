package dev.standing.domain.decision;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.policy.Policy;
import java.util.Optional;

/** What all commands about planned changes have in common ({@code semantics.md} section 6). */
final class PlanningRule {

    private final Policy policy;
    private final TransitionRule transitions;

    PlanningRule(Policy policy) {
        this.policy = policy;
        this.transitions = new TransitionRule(policy);
    }

    /** What is wrong before it is asked which changes are planned. */
    Optional<Rejection> ofState(Customer customer, CustomerState state, ReasonChoice reason) {
        return transitions.notTerminal(customer).or(() -> ReasonRule.check(state, policy.of(state), reason));
    }

    /** Whether one more change can be planned. */
    Optional<Rejection> roomForOneMore(Customer customer) {
        return room(customer.plannedChanges().size());
    }

    /** Whether one more change can be planned in the place of the pending one, if there is one. */
    Optional<Rejection> roomForProposal(Customer customer) {
        int planned = customer.plannedChanges().size();
        return room(customer.pendingChange().isPresent() ? planned - 1 : planned);
    }

    private Optional<Rejection> room(int others) {
        int most = policy.planning().maxPlannedChanges();
        return others < most
                ? Optional.empty()
                : Optional.of(Rejection.of(
                        RejectionCode.TOO_MANY_PLANNED_CHANGES,
                        "The policy " + policy.version() + " allows " + most + " planned changes of a customer"));
    }

    /** Whether the pending change is the one that is meant. */
    static Optional<Rejection> matches(PlannedChange pending, CustomerState state, ReasonChoice reason) {
        if (pending.change().state() != state) {
            return Optional.of(Rejection.of(
                    RejectionCode.STATE_MISMATCH,
                    CommandField.STATE,
                    "The pending change " + pending.changeId() + " leads to "
                            + pending.change().state() + ", not to " + state));
        }
        return isSameReason(pending, reason)
                ? Optional.empty()
                : Optional.of(Rejection.of(
                        RejectionCode.REASON_MISMATCH,
                        CommandField.STATE_REASON,
                        "The pending change " + pending.changeId() + " has the reason "
                                + pending.change().reason()));
    }

    /** Whether a planned change has this state and reason. */
    static boolean isSame(PlannedChange planned, CustomerState state, ReasonChoice reason) {
        return planned.change().state() == state && isSameReason(planned, reason);
    }

    private static boolean isSameReason(PlannedChange planned, ReasonChoice reason) {
        return reason.equals(new ReasonChoice.Named(planned.change().reason()));
    }

    /** There is no change that could be meant. */
    static Rejection nothingPending(String message) {
        return Rejection.of(RejectionCode.NO_PENDING_CHANGE, message);
    }
}
