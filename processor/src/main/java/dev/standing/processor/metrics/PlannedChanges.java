package dev.standing.processor.metrics;

import java.time.Instant;
import java.util.OptionalLong;

/** What the tasks of this process have planned, as it is kept in their stores. */
public interface PlannedChanges {

    /** How many there are, about; empty if the stores cannot be asked now. */
    OptionalLong estimated();

    /**
     * How many are due, counted one by one; empty if the stores cannot be asked now.
     *
     * @param earliest no change is due earlier
     * @param latest the latest time at which one is counted
     * @param most where counting ends
     */
    OptionalLong due(Instant earliest, Instant latest, long most);
}
