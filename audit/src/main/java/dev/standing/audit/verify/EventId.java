package dev.standing.audit.verify;

import dev.standing.avro.CustomerEvent;
import dev.standing.domain.event.Event;

/** Whether an event has the id that follows from its customer and its sequence. */
final class EventId {

    private static final int TEN = 10;

    private EventId() {}

    /** The same as comparing it with {@link Event#idOf}, without making that anew for each event. */
    static boolean isRight(CustomerEvent event) {
        String id = event.getEventId();
        String customerId = event.getCustomerId();
        int end = id.length() - 1;
        long left = event.getSequence();
        if (left <= 0) {
            return id.equals(Event.idOf(customerId, left));
        }
        for (; left > 0; left /= TEN) {
            if (end < 0 || id.charAt(end) != '0' + left % TEN) {
                return false;
            }
            end--;
        }
        return end == customerId.length() && id.charAt(end) == ':' && id.startsWith(customerId);
    }
}
