package dev.standing.domain.policy;

import java.util.Objects;
import java.util.Optional;

/**
 * The rules of planned changes ({@code semantics.md} section 6).
 *
 * @param maxPlannedChanges how many a customer can have, from 1 to {@link #MOST_PLANNED_CHANGES}
 * @param secondProposal what becomes of a proposal while another is pending
 * @param validateFuturePending whether a proposal has to be for the future
 * @param confirmWithoutPending what becomes of a confirmation while nothing is pending
 * @param pendingAutoConfirm how a pending change ends by itself; empty: it does not
 */
public record PlanningPolicy(
        int maxPlannedChanges,
        SecondProposal secondProposal,
        boolean validateFuturePending,
        ConfirmWithoutPending confirmWithoutPending,
        Optional<AutomaticEnd> pendingAutoConfirm) {

    /** The most that a policy can allow: a customer with all of them, and the longest notes, still fits into a record. */
    public static final int MOST_PLANNED_CHANGES = 50;

    /** What holds where the policy does not say. */
    public static final PlanningPolicy DEFAULT =
            new PlanningPolicy(32, SecondProposal.SUPERSEDE, false, ConfirmWithoutPending.REJECT, Optional.empty());

    /** Refuses nulls, and a limit that is out of range. */
    public PlanningPolicy {
        if (maxPlannedChanges < 1 || maxPlannedChanges > MOST_PLANNED_CHANGES) {
            throw new IllegalArgumentException("maxPlannedChanges lies between 1 and " + MOST_PLANNED_CHANGES);
        }
        Objects.requireNonNull(secondProposal, "secondProposal");
        Objects.requireNonNull(confirmWithoutPending, "confirmWithoutPending");
        Objects.requireNonNull(pendingAutoConfirm, "pendingAutoConfirm");
    }
}
