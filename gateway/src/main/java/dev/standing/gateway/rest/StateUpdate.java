package dev.standing.gateway.rest;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.customer.CustomerState;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonMember;
import dev.standing.gateway.json.JsonObject;
import dev.standing.gateway.request.CommandRequest;
import dev.standing.gateway.request.FieldPaths;
import java.util.Optional;

/** {@code POST /v1/customers/state}: OCS.io's UpdateCustomerState ({@code semantics.md} section 3). */
final class StateUpdate {

    private static final String REF_ID = "refId";
    private static final String EXTERNAL_ID = "externalId";

    private StateUpdate() {}

    /**
     * Reads an update. A customer that is named by its externalId has it as customerId too, or else is unknown.
     *
     * @throws InvalidMemberException if it is malformed, or asks for what this version does not do
     */
    static CommandRequest parse(Request request, JsonObject body) {
        body.only(RestEnvelope.REQUEST_ID, "customer", "state", "subordinateUpdated", "notes");
        RestEnvelope envelope = RestEnvelope.read(request, body);
        JsonMember customer = customer(body);
        boolean byExternalId = customer.name().equals(EXTERNAL_ID);
        String customerId = customer.text();
        FieldPaths paths = RestFields.of(envelope, customer.path());
        return CommandRequest.of(
                customerId,
                Optional.of(envelope.requestId()),
                envelope.expectedVersion(),
                byExternalId ? Optional.of(customerId) : Optional.empty(),
                instruction(body),
                byExternalId ? paths.with(CommandField.CUSTOMER_EXTERNAL_ID, customer.path()) : paths);
    }

    /** The one of the two ids that names the customer. */
    private static JsonMember customer(JsonObject body) {
        JsonObject customer = body.member("customer").object().only(REF_ID, EXTERNAL_ID);
        JsonMember refId = customer.member(REF_ID);
        JsonMember externalId = customer.member(EXTERNAL_ID);
        if (refId.hasValue() == externalId.hasValue()) {
            throw new InvalidMemberException(
                    customer.path(),
                    "customer must have either refId or externalId; it has " + (refId.hasValue() ? "both" : "neither"));
        }
        return refId.hasValue() ? refId : externalId;
    }

    private static ChangeState instruction(JsonObject body) {
        JsonObject state = body.member("state").object().only("state", "stateReason", "stateValidFrom", "pending");
        ChangeState change = new ChangeState(
                state.member("state").oneOf(CustomerState.class),
                ReasonChoice.of(state.member("stateReason").optionalText()),
                state.member("stateValidFrom").optionalInstant(),
                body.member("subordinateUpdated").isPresent()
                        && body.member("subordinateUpdated").bool(),
                body.member("notes").optionalText());
        refusePending(state.member("pending"));
        return change;
    }

    /** Whoever says pending must not have the change applied at once. */
    private static void refusePending(JsonMember pending) {
        if (pending.hasValue()) {
            pending.bool();
        }
        if (pending.isPresent()) {
            throw pending.problem(pending.path() + " is not supported yet");
        }
    }
}
