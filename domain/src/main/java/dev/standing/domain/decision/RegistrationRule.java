package dev.standing.domain.decision;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Verdict.Accepted;
import dev.standing.domain.decision.Verdict.NeedsExternalId;
import dev.standing.domain.decision.Verdict.Rejected;
import dev.standing.domain.event.Fact;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.StatePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a registration is decided ({@code semantics.md} sections 2 and 3). */
final class RegistrationRule {

    /** The state of a customer whose registration names none. */
    static final CustomerState DEFAULT_STATE = CustomerState.ACTIVE;

    private final Policy policy;

    RegistrationRule(Policy policy) {
        this.policy = policy;
    }

    /** Decides the registration of a customer that does not exist. */
    Verdict decide(RegisterCustomer register, ClaimStatus claim, Instant now) {
        CustomerState state = register.state().orElse(DEFAULT_STATE);
        StatePolicy statePolicy = policy.of(state);
        if (statePolicy.terminal()) {
            return rejected(
                    RejectionCode.INVALID_REQUEST,
                    CommandField.STATE,
                    "No customer begins in the terminal state " + state);
        }
        if (register.validFrom().filter(now::isBefore).isPresent()) {
            return rejected(
                    RejectionCode.INVALID_REQUEST,
                    CommandField.VALID_FROM,
                    "A registration has no date in the future; it is " + now + " now");
        }
        ReasonChoice reason =
                register.state().isPresent() ? ReasonChoice.of(register.reason()) : new ReasonChoice.PolicyDefault();
        return Verdict.unless(
                ReasonRule.check(state, statePolicy, reason),
                () -> identified(
                        register,
                        claim,
                        new StateValue(
                                state,
                                ReasonRule.code(statePolicy, reason),
                                register.validFrom().orElse(now))));
    }

    /** The externalId is asked for last: nobody claims one for a registration that is turned down anyway. */
    private static Verdict identified(RegisterCustomer register, ClaimStatus claim, StateValue state) {
        Optional<String> externalId = register.externalId();
        if (externalId.isPresent() && claim == ClaimStatus.UNDECIDED) {
            return new NeedsExternalId(externalId.get());
        }
        if (externalId.isPresent() && claim == ClaimStatus.REFUSED) {
            return rejected(
                    RejectionCode.EXTERNAL_ID_TAKEN,
                    CommandField.EXTERNAL_ID,
                    "Another customer has the externalId " + externalId.get());
        }
        return new Accepted(
                OutcomeStatus.REGISTERED,
                List.of(new Fact.CustomerRegistered(externalId, state, register.attributes())));
    }

    /** The registration that {@code unknownCustomer: REGISTER} puts before a change. */
    Fact implied(Instant now) {
        return new Fact.CustomerRegistered(
                Optional.empty(),
                new StateValue(DEFAULT_STATE, policy.of(DEFAULT_STATE).defaultReason(), now),
                Map.of());
    }

    private static Verdict rejected(RejectionCode code, CommandField field, String message) {
        return new Rejected(Rejection.of(code, field, message));
    }
}
