package dev.standing.domain.customer;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * A change that is to come ({@code semantics.md} section 6).
 *
 * @param changeId names it for ever: the id of the event that planned it
 * @param status what it waits for
 * @param change the state that it leads to; its validFrom is when it is to be applied
 * @param subordinateUpdated whether subordinates follow when it is applied
 * @param notes what was noted with it
 * @param acceptedSequence the sequence of the event that planned it or, later, confirmed it: changes for the same
 *     instant apply in this order
 * @param acceptedAt when that event was recorded
 * @param origin the command that planned it or, later, confirmed it: what comes of the change carries it
 * @param overdue whether it was told that its date passed unconfirmed
 */
public record PlannedChange(
        String changeId,
        PlannedChangeStatus status,
        StateValue change,
        boolean subordinateUpdated,
        Optional<String> notes,
        long acceptedSequence,
        Instant acceptedAt,
        Origin origin,
        boolean overdue) {

    /** The order in which changes are due: by date, then by acceptance. */
    public static final Comparator<PlannedChange> IN_ORDER_OF_DATE = Comparator.<PlannedChange, Instant>comparing(
                    planned -> planned.change().validFrom())
            .thenComparingLong(PlannedChange::acceptedSequence);

    /** Refuses nulls. */
    public PlannedChange {
        Objects.requireNonNull(changeId, "changeId");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(notes, "notes");
        Objects.requireNonNull(acceptedAt, "acceptedAt");
        Objects.requireNonNull(origin, "origin");
    }

    /** Whether it waits for a confirmation. */
    public boolean isPending() {
        return status == PlannedChangeStatus.PENDING;
    }

    /** The same change, of which was told that its date passed unconfirmed. */
    public PlannedChange toldOverdue() {
        return new PlannedChange(
                changeId, status, change, subordinateUpdated, notes, acceptedSequence, acceptedAt, origin, true);
    }
}
