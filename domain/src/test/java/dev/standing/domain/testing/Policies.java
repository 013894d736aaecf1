package dev.standing.domain.testing;

import dev.standing.domain.policy.AutomaticEnd;
import dev.standing.domain.policy.ConfirmWithoutPending;
import dev.standing.domain.policy.PlanningPolicy;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.policy.SecondProposal;
import dev.standing.domain.policy.UnknownCustomer;
import java.time.Duration;
import java.util.Optional;

/** The packaged default policy with one setting changed. */
public final class Policies {

    private Policies() {}

    /** A change registers a customer that does not exist. */
    public static Policy registering() {
        Policy policy = PolicyFile.packagedDefault();
        return new Policy(
                policy.version(),
                policy.states(),
                UnknownCustomer.REGISTER,
                policy.planning(),
                policy.idempotencyRetention());
    }

    /** A second proposal is turned down while one is pending. */
    public static Policy rejectingSecondProposals() {
        return withPlanning(
                new PlanningPolicy(32, SecondProposal.REJECT, false, ConfirmWithoutPending.REJECT, Optional.empty()));
    }

    /** So many changes can be planned for a customer. */
    public static Policy withAtMost(int plannedChanges) {
        return withPlanning(new PlanningPolicy(
                plannedChanges, SecondProposal.SUPERSEDE, false, ConfirmWithoutPending.REJECT, Optional.empty()));
    }

    /** A proposal has to be for the future. */
    public static Policy validatingFuturePending() {
        return withPlanning(
                new PlanningPolicy(32, SecondProposal.SUPERSEDE, true, ConfirmWithoutPending.REJECT, Optional.empty()));
    }

    /** A confirmation with nothing pending is the change that it describes. */
    public static Policy applyingConfirmationsWithoutPending() {
        return withPlanning(
                new PlanningPolicy(32, SecondProposal.SUPERSEDE, false, ConfirmWithoutPending.APPLY, Optional.empty()));
    }

    /** A pending change ends by itself. */
    public static Policy endingPendingChanges(AutomaticEnd.Action action, Duration after) {
        return withPlanning(new PlanningPolicy(
                32,
                SecondProposal.SUPERSEDE,
                false,
                ConfirmWithoutPending.REJECT,
                Optional.of(new AutomaticEnd(action, after))));
    }

    private static Policy withPlanning(PlanningPolicy planning) {
        Policy policy = PolicyFile.packagedDefault();
        return new Policy(
                policy.version(), policy.states(), policy.unknownCustomer(), planning, policy.idempotencyRetention());
    }
}
