package dev.standing.processor.execution;

import dev.standing.avro.store.OpenCascade;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.processor.output.OutgoingRecord;
import java.util.List;
import java.util.Optional;

/**
 * All that follows from going on with a cascade, encoded and checked, before anything of it is written.
 *
 * @param cascade the cascade as it is afterwards
 * @param updated the subordinates that it updated, as they are afterwards
 * @param updates a record for each of them
 * @param completed what follows from its having come to the end; empty: it has not
 */
public record CascadeStep(
        OpenCascade cascade, List<Subordinate> updated, List<OutgoingRecord> updates, Optional<Effects> completed) {

    /** Keeps copies. */
    public CascadeStep {
        updated = List.copyOf(updated);
        updates = List.copyOf(updates);
    }
}
