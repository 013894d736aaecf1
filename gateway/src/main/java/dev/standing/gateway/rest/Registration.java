package dev.standing.gateway.rest;

import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonMember;
import dev.standing.gateway.json.JsonObject;
import dev.standing.gateway.request.CommandRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code POST /v1/customers}: registers a customer ({@code semantics.md} section 2). */
final class Registration {

    private static final String CUSTOMER_ID = "customerId";
    private static final String EXTERNAL_ID = "externalId";

    private Registration() {}

    /**
     * Reads a registration. One that gives only an externalId has it as customerId too.
     *
     * @throws InvalidMemberException if it is malformed
     */
    static CommandRequest parse(Request request, JsonObject body) {
        body.only(RestEnvelope.REQUEST_ID, CUSTOMER_ID, EXTERNAL_ID, "state", "attributes");
        RestEnvelope envelope = RestEnvelope.read(request, body);
        Optional<String> customerId = body.member(CUSTOMER_ID).optionalText();
        Optional<String> externalId = body.member(EXTERNAL_ID).optionalText();
        String id = customerId
                .or(() -> externalId)
                .orElseThrow(() -> new InvalidMemberException(
                        CUSTOMER_ID, "customerId is missing; a registration gives it, or an externalId"));
        return CommandRequest.of(
                request.caller().source(),
                id,
                Optional.of(envelope.requestId()),
                envelope.expectedVersion(),
                Optional.empty(),
                instruction(body, externalId),
                RestFields.of(envelope, customerId.isPresent() ? CUSTOMER_ID : EXTERNAL_ID));
    }

    private static RegisterCustomer instruction(JsonObject body, Optional<String> externalId) {
        Optional<JsonObject> state = body.member("state").optionalObject();
        Map<String, String> attributes = body.member("attributes")
                .optionalObject()
                .map(Registration::attributes)
                .orElse(Map.of());
        if (state.isEmpty()) {
            return new RegisterCustomer(externalId, Optional.empty(), Optional.empty(), Optional.empty(), attributes);
        }
        JsonObject members = state.get().only("state", "stateReason", "stateValidFrom");
        return new RegisterCustomer(
                externalId,
                Optional.of(members.member("state").oneOf(CustomerState.class)),
                members.member("stateReason").optionalText(),
                members.member("stateValidFrom").optionalInstant(),
                attributes);
    }

    private static Map<String, String> attributes(JsonObject object) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (JsonMember attribute : object.members()) {
            attributes.put(attribute.name(), attribute.text());
        }
        return attributes;
    }
}
