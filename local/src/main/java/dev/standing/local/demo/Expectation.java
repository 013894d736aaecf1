package dev.standing.local.demo;

import dev.standing.avro.EventType;
import java.util.List;

/**
 * What should come of a request.
 *
 * @param words for people
 * @param status the status of HTTP
 * @param pointer the member of the answer that says what was decided
 * @param value what it says
 * @param events the types of the events that it causes, in order
 */
record Expectation(String words, int status, String pointer, String value, List<EventType> events) {

    /** Whether that came of it. */
    boolean isMetBy(DemoAnswer answer, List<SeenEvent> seen) {
        return answer.status() == status
                && answer.text(pointer).equals(value)
                && seen.stream().map(SeenEvent::type).toList().equals(events);
    }
}
