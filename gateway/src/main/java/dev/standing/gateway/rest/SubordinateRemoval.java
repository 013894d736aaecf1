package dev.standing.gateway.rest;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.RemoveSubordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonMember;
import dev.standing.gateway.request.CommandRequest;
import java.util.Optional;

/** {@code DELETE /v1/customers/{customerId}/subordinates/{type}/{id}}: removes a subordinate that has no children. */
final class SubordinateRemoval {

    private SubordinateRemoval() {}

    /**
     * Reads a removal.
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
                new RemoveSubordinate(new SubordinateRef(type(request), request.path(RestPaths.SUBORDINATE_ID))),
                RestFields.of(envelope, RestPaths.CUSTOMER_ID)
                        .with(CommandField.SUBORDINATE_TYPE, RestPaths.SUBORDINATE_TYPE)
                        .with(CommandField.ID, RestPaths.SUBORDINATE_ID));
    }

    /** Spelt as in a body. */
    private static SubordinateType type(Request request) {
        TextNode text = TextNode.valueOf(request.path(RestPaths.SUBORDINATE_TYPE));
        return new JsonMember(RestPaths.SUBORDINATE_TYPE, RestPaths.SUBORDINATE_TYPE, Optional.of(text))
                .oneOf(SubordinateType.class);
    }
}
