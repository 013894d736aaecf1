package dev.standing.processor.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What is answered to a query.
 *
 * @param headers besides those that every answer has; immutable
 */
record Answer(int status, Map<String, String> headers, JsonNode body) {

    /** Keeps a copy of the headers. */
    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer found(JsonNode body) {
        return new Answer(200, Map.of(), body);
    }

    static Answer redirect(String location) {
        return new Answer(307, Map.of("Location", location), problem("ELSEWHERE", "Another processor answers this"));
    }

    static Answer invalid(InvalidParameterException invalid) {
        return new Answer(
                400, Map.of(), problem("INVALID_REQUEST", invalid.getMessage()).put("field", invalid.parameter()));
    }

    static Answer malformed(String detail) {
        return new Answer(400, Map.of(), problem("INVALID_REQUEST", detail));
    }

    static Answer unknownCustomer(String detail) {
        return new Answer(404, Map.of(), problem("UNKNOWN_CUSTOMER", detail));
    }

    static Answer unknownRequest(String detail) {
        return new Answer(404, Map.of(), problem("UNKNOWN_REQUEST", detail));
    }

    static Answer failed(String detail) {
        return new Answer(500, Map.of(), problem("INTERNAL_ERROR", detail));
    }

    /** Ask again in a second. */
    static Answer unavailable(String detail) {
        return new Answer(503, Map.of("Retry-After", "1"), problem("UNAVAILABLE", detail));
    }

    private static ObjectNode problem(String code, String detail) {
        return JsonNodeFactory.instance.objectNode().put("code", code).put("detail", detail);
    }
}
