package dev.standing.gateway.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonMember;
import dev.standing.gateway.json.JsonObject;
import java.util.Optional;

/** One element of a JSON-RPC request: a call, or what was meant to be one. */
sealed interface Call {

    /** How the answer is marked. */
    ReturnAddress returnAddress();

    /**
     * A call or a notification.
     *
     * @param params the parameters, not yet looked into
     */
    record Wellformed(ReturnAddress returnAddress, String method, JsonMember params) implements Call {}

    /** What is no call; it is answered even without an id, since it is no notification either. */
    record Invalid(ReturnAddress returnAddress, String message) implements Call {}

    /**
     * Reads an element. The vendor's calls do not say {@code jsonrpc}; without an id, only one that does is a
     * notification. Whoever sends no call is told so as the specification has it.
     */
    static Call read(JsonNode element) {
        if (!element.isObject()) {
            return new Invalid(ReturnAddress.unknown(), "A call must be an object");
        }
        Optional<JsonNode> id = Optional.ofNullable(element.get("id"));
        Optional<JsonNode> version = Optional.ofNullable(element.get("jsonrpc"));
        boolean isVersion2 = version.filter(
                        node -> node.isTextual() && node.textValue().equals("2.0"))
                .isPresent();
        boolean isLegalId = id.filter(node -> !node.isTextual() && !node.isNumber() && !node.isNull())
                .isEmpty();
        ReturnAddress answered = isLegalId && id.isPresent() ? new ReturnAddress(id, true) : ReturnAddress.unknown();
        if (!isLegalId) {
            return new Invalid(answered, "id must be a string, a number or null");
        }
        if (version.isPresent() && !isVersion2) {
            return new Invalid(answered, "jsonrpc must be \"2.0\", or left out");
        }
        if (id.isEmpty() && !isVersion2) {
            return new Invalid(answered, "id is missing; only a call with \"jsonrpc\": \"2.0\" may do without");
        }
        try {
            JsonObject call = JsonObject.root(element).only("jsonrpc", "method", "params", "id");
            String method = call.member("method").text();
            return new Wellformed(new ReturnAddress(id, isVersion2), method, call.member("params"));
        } catch (InvalidMemberException e) {
            return new Invalid(answered, e.getMessage());
        }
    }
}
