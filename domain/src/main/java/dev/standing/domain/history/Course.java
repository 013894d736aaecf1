package dev.standing.domain.history;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.event.Event;
import java.util.Optional;

/**
 * What is known of one customer at a {@link PointInTime} after some of its events, for those who are given the events of
 * many customers one by one; {@link AsOf} leads from one to the next.
 *
 * @param known the customer as the events made it that are known then; empty: none is
 * @param decidedBy the event among them that brought about the state at the valid time; empty: there was none then
 * @param isOver whether an event came that is not known then: those after it are not either
 */
public record Course(Optional<Customer> known, Optional<Event> decidedBy, boolean isOver) {

    /** Before the first event. */
    public static final Course NONE = new Course(Optional.empty(), Optional.empty(), false);

    Course over() {
        return new Course(known, decidedBy, true);
    }
}
