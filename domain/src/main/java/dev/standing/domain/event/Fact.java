package dev.standing.domain.event;

import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.hierarchy.SubordinateRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What an event says ({@code semantics.md} section 8). */
public sealed interface Fact {

    /**
     * The customer exists from here on.
     *
     * @param attributes immutable
     */
    record CustomerRegistered(Optional<String> externalId, StateValue state, Map<String, String> attributes)
            implements Fact {

        /** Keeps a copy of the attributes. */
        public CustomerRegistered {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * Another state, reason or date holds from here on. A planned change that was applied is planned no more.
     *
     * @param cause what brought it about
     * @param changeId the planned change that was applied; empty: none was planned
     * @param notes what was noted with the change
     * @param cascade whether subordinates follow
     */
    record StateChanged(
            StateValue before,
            StateValue after,
            ChangeCause cause,
            Optional<String> changeId,
            Optional<String> notes,
            boolean cascade)
            implements Fact {}

    /**
     * A change is to be applied when its date has come.
     *
     * @param changeId the id of the event
     */
    record ChangeScheduled(String changeId, StateValue change, boolean subordinateUpdated, Optional<String> notes)
            implements Fact {}

    /**
     * A change is to be applied if it is confirmed.
     *
     * @param changeId the id of the event
     */
    record ChangeProposed(String changeId, StateValue change, boolean subordinateUpdated, Optional<String> notes)
            implements Fact {}

    /**
     * The pending change was confirmed: it is scheduled from here on.
     *
     * @param change as confirmed, with the date that holds now
     * @param proposedValidFrom the date that had been proposed
     * @param subordinateUpdated as confirmed
     * @param cause who confirmed it
     * @param notes what the confirmation noted; empty: those of the proposal hold
     */
    record ChangeConfirmed(
            String changeId,
            StateValue change,
            Instant proposedValidFrom,
            boolean subordinateUpdated,
            ChangeCause cause,
            Optional<String> notes)
            implements Fact {}

    /**
     * A planned change was dropped.
     *
     * @param cause what dropped it
     * @param notes what the cancellation noted
     */
    record ChangeCancelled(String changeId, StateValue change, CancelCause cause, Optional<String> notes)
            implements Fact {}

    /**
     * A planned change fell due, but had become illegal: it is dropped, and the customer is as before.
     *
     * @param code the rule that it breaks
     * @param message the same in words
     */
    record ChangeFailed(String changeId, StateValue change, RejectionCode code, String message) implements Fact {}

    /** The date of the pending change passed, and nobody had confirmed it. It stays pending. */
    record PendingOverdue(String changeId, StateValue change) implements Fact {}

    /**
     * A subordinate exists from here on or, if it did already, was given a state anew.
     *
     * @param parent the subordinate that it belongs to; empty: it belongs to the customer
     * @param reason the code of a reason that the policy configures for the state
     */
    record SubordinateRegistered(
            SubordinateRef ref, Optional<SubordinateRef> parent, CustomerState state, String reason) implements Fact {}

    /** A subordinate, which had no children, exists no more. */
    record SubordinateRemoved(SubordinateRef ref) implements Fact {}

    /**
     * A change of the customer's state has reached all subordinates that it covers.
     *
     * @param causeSequence the sequence of the StateChanged event that started the cascade
     * @param changeId the planned change that had been applied; empty: none was planned
     * @param updated how many subordinates got the new state
     * @param skipped how many were DEACTIVATED or had the state and reason already
     */
    record CascadeCompleted(long causeSequence, Optional<String> changeId, long updated, long skipped)
            implements Fact {}

    /** What brings a change of state, or a confirmation, about. */
    enum ChangeCause {
        /** A command, at once. */
        COMMAND,
        /** A planned change fell due. */
        DUE,
        /** The policy's automatic confirmation. */
        AUTO
    }

    /** What drops a planned change. */
    enum CancelCause {
        /** A command. */
        COMMAND,
        /** A later proposal took its place. */
        SUPERSEDED,
        /** The customer entered a terminal state. */
        TERMINAL_STATE,
        /** The policy's automatic cancellation. */
        AUTO
    }
}
