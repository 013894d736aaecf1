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
 * @param events the types of the events that it causes, in order, at once or within some seconds
 */
record Expectation(String words, int status, String pointer, String value, List<EventType> events) {

    /** Whether the answer is as it should be. */
    boolean isAnsweredBy(DemoAnswer answer) {
        return answer.status() == status && answer.text(pointer).equals(value);
    }

    /** Whether that came of it. */
    boolean isMetBy(DemoAnswer answer, List<SeenEvent> seen) {
        return isAnsweredBy(answer) && types(seen).equals(events);
    }

    /** Whether it may still come of it: the rest of the events is waited for. */
    boolean mayBeMetBy(DemoAnswer answer, List<SeenEvent> seen) {
        return isAnsweredBy(answer)
                && seen.size() < events.size()
                && types(seen).equals(events.subList(0, seen.size()));
    }

    private static List<EventType> types(List<SeenEvent> seen) {
        return seen.stream().map(SeenEvent::type).toList();
    }
}
