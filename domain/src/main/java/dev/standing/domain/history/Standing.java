package dev.standing.domain.history;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;

/**
 * Where a customer stood at a {@link PointInTime}.
 *
 * @param known the customer as its events up to that record time made it
 * @param state the state that held at that valid time, as known then
 * @param decidedBy the event that brought the state about
 */
public record Standing(Customer known, StateValue state, Event decidedBy) {}
