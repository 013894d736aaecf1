package dev.standing.domain.decision;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.policy.StatePolicy;
import java.util.Optional;

/** Every change names a reason, which must be configured for its state ({@code semantics.md} section 1). */
final class ReasonRule {

    private ReasonRule() {}

    /** What is wrong with the choice of a reason for the state; empty: nothing. */
    static Optional<Rejection> check(CustomerState state, StatePolicy policy, ReasonChoice choice) {
        if (choice instanceof ReasonChoice.Missing) {
            return Optional.of(Rejection.of(
                    RejectionCode.REASON_REQUIRED,
                    CommandField.STATE_REASON,
                    "The state " + state + " needs a reason"));
        }
        if (choice instanceof ReasonChoice.Named named && !policy.hasReason(named.code())) {
            return Optional.of(Rejection.of(
                    RejectionCode.UNKNOWN_REASON,
                    CommandField.STATE_REASON,
                    "The state " + state + " has no reason " + named.code() + "; it has "
                            + String.join(", ", policy.reasonCodes())));
        }
        return Optional.empty();
    }

    /** The code of a choice that was checked. */
    static String code(StatePolicy policy, ReasonChoice choice) {
        return choice instanceof ReasonChoice.Named named ? named.code() : policy.defaultReason();
    }
}
