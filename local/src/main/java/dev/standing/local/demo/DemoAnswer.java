package dev.standing.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What was answered.
 *
 * @param status the status of HTTP
 * @param body the JSON
 */
record DemoAnswer(int status, JsonNode body) {

    /** The command that the request became, where the answer names it. */
    Optional<String> commandId() {
        return Optional.ofNullable(body.get("commandId"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    /** The text of a member, such as {@code /result/Status}; empty if there is none. */
    String text(String pointer) {
        return body.at(pointer).asText("");
    }
}
