package dev.standing.domain.customer;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a change comes from. Commands, events and results carry it.
 *
 * @param commandId the unique id of the command
 * @param requestId the requester's own id, if it gave one
 * @param source the system that asks; request ids are its own
 */
public record Origin(String commandId, Optional<String> requestId, String source) {

    /** Refuses nulls. */
    public Origin {
        Objects.requireNonNull(commandId, "commandId");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(source, "source");
    }
}
