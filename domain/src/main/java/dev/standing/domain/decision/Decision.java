package dev.standing.domain.decision;

import dev.standing.domain.event.Event;
import java.util.List;

/** What is to be done about a command. */
public sealed interface Decision {

    /**
     * It was decided.
     *
     * @param events what happens; empty where nothing does. Folded, they give the customer of the outcome
     * @param outcome the answer
     * @param remembered whether the answer is to be kept for the same request to come again
     */
    record Decided(List<Event> events, Outcome outcome, boolean remembered) implements Decision {

        /** Keeps a copy of the events. */
        public Decided {
            events = List.copyOf(events);
        }
    }

    /**
     * It is a registration that would be accepted, but for its externalId, of which nobody has decided yet whose it is:
     * it is to be decided again when that is. Until then the customer does not exist, and nothing has happened.
     *
     * @param externalId the one to be claimed
     */
    record AwaitsExternalId(String externalId) implements Decision {}

    /** It was decided before: the answer of then is the answer now, and nothing happens. */
    record Replayed() implements Decision {}
}
