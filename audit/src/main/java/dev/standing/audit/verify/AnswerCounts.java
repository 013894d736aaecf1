package dev.standing.audit.verify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What came of asking.
 *
 * @param asked about how many customers there was an answer
 * @param later how many of these had events of the same millisecond behind those that were read, and prove nothing
 * @param unasked about how many customers there was none
 */
public record AnswerCounts(long asked, long later, long unasked) {

    /** Nothing was asked. */
    static final AnswerCounts NONE = new AnswerCounts(0, 0, 0);

    AnswerCounts plus(AnswerCounts other) {
        return new AnswerCounts(asked + other.asked, later + other.later, unasked + other.unasked);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("asked", asked);
        json.put("later", later);
        json.put("unasked", unasked);
        return json;
    }
}
