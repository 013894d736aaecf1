package dev.standing.domain.command;

import dev.standing.domain.customer.Origin;

/**
 * What a command is known by when it comes again ({@code semantics.md} section 4, step 1): within its customer and
 * source, its requestId, or its commandId where it has none.
 */
public sealed interface RequestKey {

    /** Known by the requester's own id. */
    record ByRequestId(String customerId, String source, String requestId) implements RequestKey {}

    /** Known by the command's id. */
    record ByCommandId(String customerId, String commandId) implements RequestKey {}

    /** The key of a command. */
    static RequestKey of(Command command) {
        Origin origin = command.origin();
        return origin.requestId()
                .<RequestKey>map(requestId -> new ByRequestId(command.customerId(), origin.source(), requestId))
                .orElseGet(() -> new ByCommandId(command.customerId(), origin.commandId()));
    }
}
