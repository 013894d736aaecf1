package dev.standing.audit.history;

import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.LoggedResult;
import dev.standing.audit.log.Place;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.PendingOverdue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One thing in the life of a customer. */
public sealed interface TimelineEntry {

    /**
     * An event.
     *
     * @param logged as it lies in the log
     * @param event as it is understood; empty if a later version wrote it
     * @param problem why it does not follow the event before it; empty: it does
     * @param plan what else happened to the planned change that it is about, and to which it links; empty for others, and for those that
     *     do not follow
     * @param cascade what it caused downstream; empty for events that start no cascade
     */
    record OfEvent(
            LoggedEvent logged,
            Optional<Event> event,
            Optional<String> problem,
            List<Link> plan,
            Optional<Downstream> cascade)
            implements TimelineEntry {

        /** Whether it follows, and is about a planned change that no event has ended, as far as was read. */
        boolean isPlanOpen() {
            return problem.isEmpty()
                    && event.map(Event::fact).filter(TimelineEntry::plans).isPresent()
                    && plan.stream().noneMatch(link -> link.what().isEnd());
        }
    }

    private static boolean plans(Fact fact) {
        return fact instanceof ChangeScheduled
                || fact instanceof ChangeProposed
                || fact instanceof ChangeConfirmed
                || fact instanceof PendingOverdue;
    }

    /** What an event does to a planned change. */
    enum Step {
        /** It is to be applied when its date has come. */
        SCHEDULED,
        /** It is to be applied if it is confirmed. */
        PROPOSED,
        /** It was confirmed. */
        CONFIRMED,
        /** Its date passed, and nobody had confirmed it. */
        OVERDUE,
        /** It was applied. */
        APPLIED,
        /** It was dropped. */
        CANCELLED,
        /** It fell due and was illegal. */
        FAILED;

        /** Whether the change is planned no more. */
        boolean isEnd() {
            return compareTo(APPLIED) >= 0;
        }

        /** In lower case, for people. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A record under the customer's key that is no event.
     *
     * @param why in words
     */
    record OfBytes(Place place, String why) implements TimelineEntry {}

    /**
     * A request of which no event tells: it was refused, changed nothing, or was answered as before.
     *
     * @param afterSequence the customer's last event by then; 0: it had none
     */
    record OfRequest(LoggedResult logged, long afterSequence) implements TimelineEntry {}

    /**
     * Another event about the same planned change.
     *
     * @param what it does to it
     * @param sequence of that event
     */
    record Link(Step what, long sequence) {}

    /**
     * What became of the subordinates after a change of state.
     *
     * @param completedBy the sequence of the event that says that all were reached; empty: not yet
     * @param completed what that event says
     * @param retained the updates that still lie in their topic
     */
    record Downstream(
            Optional<Long> completedBy, Optional<CascadeCompleted> completed, Optional<RetainedUpdates> retained) {}
}
