package dev.standing.gateway.rest;

import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.request.CommandRequest;
import java.util.Optional;

/** {@code DELETE /v1/customers/{customerId}/changes/{changeId}}: cancels exactly that planned change. */
final class Cancellation {

    private Cancellation() {}

    /**
     * Reads a cancellation.
     *
     * @throws InvalidMemberException if it is malformed
     */
    static CommandRequest parse(Request request) {
        RestEnvelope envelope = RestEnvelope.read(request);
        return CommandRequest.of(
                request.caller().source(),
                request.path(RestPaths.CUSTOMER_ID),
                Optional.of(envelope.requestId()),
                envelope.expectedVersion(),
                Optional.empty(),
                new CancelChange(new ChangeSelection.ById(request.path(RestPaths.CHANGE_ID)), Optional.empty()),
                RestFields.of(envelope, RestPaths.CUSTOMER_ID).with(CommandField.CHANGE_ID, RestPaths.CHANGE_ID));
    }
}
