package dev.standing.domain.testing;

import dev.standing.domain.policy.AutomaticEnd;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import java.time.Duration;

/** The policies under which random commands are decided: the packaged ones, and one for each other setting. */
public enum NamedPolicy {
    /** The packaged default. */
    DEFAULT(PolicyFile.packagedDefault()),
    /** The packaged strict one. */
    STRICT(PolicyFile.packagedStrict()),
    /** {@code unknownCustomer: REGISTER}. */
    REGISTER(Policies.registering()),
    /** {@code secondProposal: REJECT}. */
    SECOND_PROPOSAL_REJECT(Policies.rejectingSecondProposals()),
    /** {@code maxPlannedChanges: 2}. */
    AT_MOST_TWO(Policies.withAtMost(2)),
    /** {@code validateFuturePending: true}. */
    VALIDATE_FUTURE_PENDING(Policies.validatingFuturePending()),
    /** {@code confirmWithoutPending: APPLY}. */
    CONFIRM_WITHOUT_PENDING_APPLY(Policies.applyingConfirmationsWithoutPending()),
    /** {@code pendingAutoConfirm} with CONFIRM, at once. */
    AUTO_CONFIRM(Policies.endingPendingChanges(AutomaticEnd.Action.CONFIRM, Duration.ZERO)),
    /** {@code pendingAutoConfirm} with CONFIRM, after an hour. */
    AUTO_CONFIRM_LATER(Policies.endingPendingChanges(AutomaticEnd.Action.CONFIRM, Duration.ofHours(1))),
    /** {@code pendingAutoConfirm} with CANCEL, at once. */
    AUTO_CANCEL(Policies.endingPendingChanges(AutomaticEnd.Action.CANCEL, Duration.ZERO)),
    /** {@code pendingAutoConfirm} with CANCEL, after an hour. */
    AUTO_CANCEL_LATER(Policies.endingPendingChanges(AutomaticEnd.Action.CANCEL, Duration.ofHours(1)));

    @SuppressWarnings("ImmutableEnumChecker") // A policy keeps copies of all it is given.
    private final Policy policy;

    NamedPolicy(Policy policy) {
        this.policy = policy;
    }

    /** The policy itself. */
    public Policy policy() {
        return policy;
    }
}
