package dev.standing.domain.event;

import dev.standing.domain.customer.StateValue;
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
     * Another state, reason or date holds from here on.
     *
     * @param cause what brought it about
     * @param notes what the command noted
     */
    record StateChanged(StateValue before, StateValue after, ChangeCause cause, Optional<String> notes)
            implements Fact {}

    /** What brings a change of state about. */
    enum ChangeCause {
        /** A command, at once. */
        COMMAND
    }
}
