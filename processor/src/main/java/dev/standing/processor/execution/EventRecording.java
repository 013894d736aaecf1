package dev.standing.processor.execution;

import dev.standing.avro.Customer;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.HierarchyEvolution;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.mapping.CascadeMapping;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.EventChain.Link;
import dev.standing.processor.execution.Effects.ChangedCustomer;
import dev.standing.processor.output.OutgoingRecord;
import dev.standing.processor.output.OutputEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the events of one customer to what is kept and sent of them. Safe for use by many threads. */
final class EventRecording {

    private final Settlement settlement;
    private final OutputEncoder encoder;
    private final EventChain chain = new EventChain();

    EventRecording(Settlement settlement, OutputEncoder encoder) {
        this.settlement = settlement;
        this.encoder = encoder;
    }

    /**
     * What events make of a customer.
     *
     * @param customer the customer after them
     * @param records a record for each event, and one of the customer
     */
    record Recorded(ChangedCustomer customer, List<OutgoingRecord> records) {}

    /**
     * What the events make of the customer; empty if there are none.
     *
     * @param kept the customer as it is kept; empty if it was never registered
     * @param hierarchy the customer's subordinates as they are kept
     * @param events the customer's next ones
     */
    Optional<Recorded> record(Optional<Customer> kept, Hierarchy hierarchy, List<Event> events) {
        if (events.isEmpty()) {
            return Optional.empty();
        }
        List<OutgoingRecord> records = new ArrayList<>();
        List<Link> links = chain.extend(kept.map(Customer::getLastEventHash), events);
        links.forEach(link -> records.add(encoder.event(link)));
        Optional<dev.standing.domain.customer.Customer> before = kept.map(CustomerMapping::toDomain);
        dev.standing.domain.customer.Customer after =
                CustomerEvolution.evolve(before, events).orElseThrow();
        Customer customer =
                CustomerMapping.toAvro(after, links.get(links.size() - 1).hash());
        records.add(encoder.customer(customer));
        ChangedCustomer changed = new ChangedCustomer(
                customer,
                DueTimes.between(settlement, before, after),
                HierarchyEvolution.evolve(hierarchy, events),
                CascadeMapping.startedBy(events));
        return Optional.of(new Recorded(changed, records));
    }
}
