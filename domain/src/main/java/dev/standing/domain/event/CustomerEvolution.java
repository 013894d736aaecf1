package dev.standing.domain.event;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.StateChanged;
import java.util.List;
import java.util.Optional;

/** Folds events into customers ({@code semantics.md} section 4): the only thing that changes state. */
public final class CustomerEvolution {

    private CustomerEvolution() {}

    /**
     * The customer after one more event.
     *
     * @param customer the customer before; empty before its registration
     * @param event its next event
     * @throws IllegalArgumentException if the event is not the next one of this customer
     */
    public static Customer evolve(Optional<Customer> customer, Event event) {
        long expected = customer.map(Customer::sequence).orElse(0L) + 1;
        if (event.sequence() != expected) {
            throw new IllegalArgumentException("Event " + event.eventId() + " does not follow: expected sequence "
                    + expected + " of customer " + event.customerId());
        }
        Fact fact = event.fact();
        if (fact instanceof CustomerRegistered registered) {
            return registered(customer, event, registered);
        }
        if (fact instanceof StateChanged changed) {
            return changed(customer, event, changed);
        }
        throw new IllegalArgumentException("Event " + event.eventId() + " holds an unknown fact: " + fact);
    }

    /**
     * The customer after all of the events, in their order.
     *
     * @throws IllegalArgumentException if they do not follow each other, or do not follow the customer
     */
    public static Optional<Customer> evolve(Optional<Customer> customer, List<Event> events) {
        Optional<Customer> evolved = customer;
        for (Event event : events) {
            evolved = Optional.of(evolve(evolved, event));
        }
        return evolved;
    }

    private static Customer registered(Optional<Customer> customer, Event event, CustomerRegistered registered) {
        if (customer.isPresent()) {
            throw new IllegalArgumentException("Event " + event.eventId() + " registers a customer that exists");
        }
        return new Customer(
                event.customerId(),
                registered.externalId(),
                event.sequence(),
                event.sequence(),
                event.recordedAt(),
                registered.state(),
                event.recordedAt(),
                event.recordedAt(),
                registered.attributes());
    }

    private static Customer changed(Optional<Customer> customer, Event event, StateChanged changed) {
        Customer before = customer.filter(c -> c.customerId().equals(event.customerId()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Event " + event.eventId() + " changes a customer that was not registered"));
        return new Customer(
                before.customerId(),
                before.externalId(),
                event.sequence(),
                event.sequence(),
                event.recordedAt(),
                changed.after(),
                event.recordedAt(),
                before.registeredAt(),
                before.attributes());
    }
}
