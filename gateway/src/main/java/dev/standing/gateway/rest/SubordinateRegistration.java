package dev.standing.gateway.rest;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RegisteredSubordinate;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonMember;
import dev.standing.gateway.json.JsonObject;
import dev.standing.gateway.request.CommandRequest;
import java.util.Optional;

/**
 * {@code POST /v1/customers/{customerId}/subordinates}: registers subordinates, or gives them new states
 * ({@code semantics.md} section 2).
 */
final class SubordinateRegistration {

    private static final String SUBORDINATES = "subordinates";
    private static final String TYPE = "type";
    private static final String ID = "id";
    private static final String PARENT = "parent";
    private static final String STATE = "state";
    private static final String STATE_REASON = "stateReason";

    private SubordinateRegistration() {}

    /**
     * Reads a registration.
     *
     * @throws InvalidMemberException if it is malformed
     */
    static CommandRequest parse(Request request, JsonObject body) {
        body.only(RestEnvelope.REQUEST_ID, SUBORDINATES);
        RestEnvelope envelope = RestEnvelope.read(request, body);
        return CommandRequest.of(
                request.caller().source(),
                request.path(RestPaths.CUSTOMER_ID),
                Optional.of(envelope.requestId()),
                envelope.expectedVersion(),
                Optional.empty(),
                new RegisterSubordinates(body.member(SUBORDINATES).objects().stream()
                        .map(SubordinateRegistration::subordinate)
                        .toList()),
                RestFields.of(envelope, RestPaths.CUSTOMER_ID).with(CommandField.SUBORDINATES, SUBORDINATES));
    }

    private static RegisteredSubordinate subordinate(JsonObject item) {
        item.only(TYPE, ID, PARENT, STATE, STATE_REASON);
        JsonMember state = item.member(STATE);
        return new RegisteredSubordinate(
                ref(item),
                item.member(PARENT).optionalObject().map(parent -> ref(parent.only(TYPE, ID))),
                state.hasValue() ? state.oneOf(CustomerState.class) : CustomerState.ACTIVE,
                item.member(STATE_REASON).optionalText());
    }

    private static SubordinateRef ref(JsonObject named) {
        return new SubordinateRef(
                named.member(TYPE).oneOf(SubordinateType.class),
                named.member(ID).text());
    }
}
