package dev.standing.audit.verify;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import dev.standing.domain.event.HierarchyEvolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A customer as its events made it, without its subordinates.
 *
 * @param customer the customer
 * @param cascades those that are on their way to the subordinates, in the order in which they began; immutable
 */
record Folded(Customer customer, List<Cascading> cascades) {

    /**
     * A cascade that is not told to be through.
     *
     * @param causeSequence the sequence of the event that began it
     * @param changeId the planned change that had been applied
     */
    record Cascading(long causeSequence, Optional<String> changeId) {}

    /**
     * The customer after one more event.
     *
     * @param rows the subordinates, which are kept there
     * @throws IllegalArgumentException if the event cannot have happened to the customer; the subordinates are as before
     */
    static Folded after(Optional<Folded> before, Event event, SubordinateRows rows) {
        Customer customer = CustomerEvolution.evolve(before.map(Folded::customer), event);
        List<Cascading> cascades = before.map(Folded::cascades).orElse(List.of());
        Fact fact = event.fact();
        if (fact instanceof SubordinateRegistered || fact instanceof SubordinateRemoved) {
            rows.apply(event.customerId(), HierarchyEvolution.evolve(rows.of(event.customerId()), List.of(event)));
        } else if (fact instanceof StateChanged changed && changed.cascade()) {
            List<Cascading> more = new ArrayList<>(cascades);
            more.add(new Cascading(event.sequence(), changed.changeId()));
            cascades = List.copyOf(more);
        } else if (fact instanceof CascadeCompleted completed) {
            Cascading told = new Cascading(completed.causeSequence(), completed.changeId());
            if (cascades.isEmpty() || !cascades.get(0).equals(told)) {
                throw new IllegalArgumentException("Event " + event.eventId() + " completes the cascade of event "
                        + completed.causeSequence() + ", but "
                        + (cascades.isEmpty()
                                ? "none is open"
                                : "that of event " + cascades.get(0).causeSequence() + " is the next"));
            }
            cascades = List.copyOf(cascades.subList(1, cascades.size()));
        }
        return new Folded(customer, cascades);
    }
}
