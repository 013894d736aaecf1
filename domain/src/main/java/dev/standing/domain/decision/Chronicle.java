package dev.standing.domain.decision;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happens to one customer at one instant: facts become its next events, and it goes on as they made it. */
final class Chronicle {

    private final String customerId;
    private final Instant now;
    private final String policyVersion;
    private final List<Event> events = new ArrayList<>();
    private Optional<Customer> customer;

    Chronicle(String customerId, Optional<Customer> customer, Instant now, String policyVersion) {
        this.customerId = customerId;
        this.customer = customer;
        this.now = now;
        this.policyVersion = policyVersion;
    }

    /** These facts happen, brought about by the command. */
    void record(Origin origin, List<Fact> facts) {
        for (Fact fact : facts) {
            long sequence = customer.map(Customer::sequence).orElse(0L) + 1;
            Event event = new Event(customerId, sequence, now, origin, policyVersion, fact);
            customer = Optional.of(CustomerEvolution.evolve(customer, event));
            events.add(event);
        }
    }

    /** The customer as it is now. */
    Optional<Customer> customer() {
        return customer;
    }

    /** All that has happened so far. */
    List<Event> events() {
        return List.copyOf(events);
    }
}
