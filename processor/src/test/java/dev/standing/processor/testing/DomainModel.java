package dev.standing.processor.testing;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandContent;
import dev.standing.domain.command.RequestKey;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.domain.decision.Decider;
import dev.standing.domain.decision.Decision;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.OutcomeStatus;
import dev.standing.domain.decision.RememberedRequest;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the domain alone makes of commands: what a processor has to make of them, too. */
public final class DomainModel {

    private final Decider decider;
    private final Settlement settlement;
    private final Map<RequestKey, Remembered> remembered = new HashMap<>();
    private final Map<String, Customer> customers = new TreeMap<>();
    private final Map<String, List<Event>> events = new TreeMap<>();

    /** Nobody is registered yet. */
    public DomainModel(Policy policy) {
        this.decider = new Decider(policy);
        this.settlement = new Settlement(policy);
    }

    private record Remembered(RememberedRequest request, OutcomeStatus status) {}

    /** Decides a command, none of which names an externalId, and gives the status that it is answered with. */
    public OutcomeStatus decide(Command command, Instant clock) {
        RequestKey key = RequestKey.of(command);
        Optional<Remembered> seen = Optional.ofNullable(remembered.get(key));
        Decision decision = decider.decide(
                Optional.ofNullable(customers.get(command.customerId())),
                Hierarchy.empty(),
                seen.map(Remembered::request),
                command,
                ClaimStatus.UNDECIDED,
                clock);
        if (!(decision instanceof Decided decided)) {
            return seen.orElseThrow().status();
        }
        happen(command.customerId(), decided.events());
        if (decided.remembered()) {
            RememberedRequest request = new RememberedRequest(
                    CommandContent.digest(command), decided.outcome().decidedAt());
            remembered.put(key, new Remembered(request, decided.outcome().status()));
        }
        return decided.outcome().status();
    }

    /** Settles what is due of all customers. */
    public void settle(Instant clock) {
        List.copyOf(customers.values())
                .forEach(customer -> happen(customer.customerId(), settlement.settle(customer, clock)));
    }

    private void happen(String customerId, List<Event> happened) {
        if (!happened.isEmpty()) {
            events.computeIfAbsent(customerId, unused -> new ArrayList<>()).addAll(happened);
            customers.put(
                    customerId,
                    CustomerEvolution.evolve(Optional.ofNullable(customers.get(customerId)), happened)
                            .orElseThrow());
        }
    }

    /** All events so far, by customer, in their order. */
    public Map<String, List<Event>> events() {
        return events;
    }

    /** The customers as they are now. */
    public Map<String, Customer> customers() {
        return customers;
    }
}
