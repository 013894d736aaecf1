package dev.standing.processor.history;

import dev.standing.avro.PlannedChangeStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the planned changes are asked for.
 *
 * @param statuses those of one of these
 * @param after those behind this position; empty: from the first on
 * @param dueBefore those of an earlier date; empty: of any
 * @param limit the first so many of them
 */
public record AgendaExcerpt(
        Set<PlannedChangeStatus> statuses, Optional<AgendaPosition> after, Optional<Instant> dueBefore, int limit) {

    /** Keeps a copy of the set. */
    public AgendaExcerpt {
        statuses = Set.copyOf(statuses);
    }
}
