package dev.standing.audit.verify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What came of asking.
 *
 * @param asked about how many customers there was an answer
 * @param later how many of these had events of the same millisecond behind those that were read, and prove nothing
 * @param unasked about how many customers there was none
 * @param unfolded how many customers were to be asked about, but were not, since what they should be is not known: something
 *     is wrong with their events, or they entered midway
 */
public record AnswerCounts(long asked, long later, long unasked, long unfolded) {

    /** Nothing was asked. */
    static final AnswerCounts NONE = new AnswerCounts(0, 0, 0, 0);

    /** One that was answered. */
    static final AnswerCounts ASKED = new AnswerCounts(1, 0, 0, 0);
    /** One that was answered, but has changed. */
    static final AnswerCounts LATER = new AnswerCounts(1, 1, 0, 0);
    /** One that was not answered. */
    static final AnswerCounts UNASKED = new AnswerCounts(0, 0, 1, 0);
    /** One of which nothing is known. */
    static final AnswerCounts UNFOLDED = new AnswerCounts(0, 0, 0, 1);

    AnswerCounts plus(AnswerCounts other) {
        return new AnswerCounts(
                asked + other.asked, later + other.later, unasked + other.unasked, unfolded + other.unfolded);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("asked", asked);
        json.put("later", later);
        json.put("unasked", unasked);
        json.put("unfolded", unfolded);
        return json;
    }
}
