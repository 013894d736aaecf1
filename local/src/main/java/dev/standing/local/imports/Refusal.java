package dev.standing.local.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.local.imports.input.SourceLine;
import java.util.Optional;

/**
 * Why a line is not in, or not all of it.
 *
 * @param customerId as far as it can be told
 * @param code a code of the API; INVALID_REQUEST for what was not even sent
 * @param field the part to blame, if one is
 * @param message for people
 */
public record Refusal(
        SourceLine line, Optional<String> customerId, String code, Optional<String> field, String message) {

    private static final int MAX_SHOWN = 300;

    /** For programs. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("line", line.number());
        json.put("customerId", customerId.orElse(null));
        json.put("code", code);
        json.put("field", field.orElse(null));
        json.put("message", message);
        json.put("input", line.text().orElse(null));
        return json;
    }

    /** For people, in one line. */
    @Override
    public String toString() {
        return "Line " + line.number() + customerId.map(id -> ", " + shown(id)).orElse("") + ": " + code
                + field.map(name -> " (" + shown(name) + ")").orElse("") + ": " + shown(message);
    }

    /** Short, and harmless to a terminal. */
    private static String shown(String text) {
        String start = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
        return start.replaceAll("\\p{Cc}", "?");
    }
}
