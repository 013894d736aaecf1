package dev.standing.audit.whatif;

import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.PendingOverdue;
import dev.standing.domain.event.Fact.StateChanged;

/** What an event came from. Settled events carry the id of the command that planned the change, so that tells nothing. */
enum Cause {
    /** A command was decided. */
    COMMAND,
    /** Time has settled something: by itself, or as the first step of a decision. */
    TIME,
    /** A cascade has come to its end, which settles nothing. */
    CASCADE;

    /**
     * The cause of an event.
     *
     * @param before that of the customer's event before it
     */
    static Cause of(Event event, Cause before) {
        Fact fact = event.fact();
        if (fact instanceof CascadeCompleted) {
            return CASCADE;
        }
        if (fact instanceof ChangeCancelled cancelled && cancelled.cause() == CancelCause.TERMINAL_STATE) {
            // It follows the change to the terminal state, or another such cancellation.
            return before;
        }
        boolean byTime = fact instanceof ChangeFailed
                || fact instanceof PendingOverdue
                || (fact instanceof StateChanged changed && changed.cause() != ChangeCause.COMMAND)
                || (fact instanceof ChangeConfirmed confirmed && confirmed.cause() == ChangeCause.AUTO)
                || (fact instanceof ChangeCancelled cancelled && cancelled.cause() == CancelCause.AUTO);
        return byTime ? TIME : COMMAND;
    }
}
