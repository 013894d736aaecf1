package dev.standing.processor.testing;

import dev.standing.avro.SubordinateUpdate;
import dev.standing.domain.cascade.Cascade;
import dev.standing.domain.cascade.CascadeCompletion;
import dev.standing.domain.cascade.CascadeCount;
import dev.standing.domain.cascade.Reach;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandContent;
import dev.standing.domain.command.RequestKey;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.domain.decision.Decider;
import dev.standing.domain.decision.Decision;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Now;
import dev.standing.domain.decision.OutcomeStatus;
import dev.standing.domain.decision.RememberedRequest;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.HierarchyEvolution;
import dev.standing.domain.hierarchy.HierarchyChange.Put;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.testing.HierarchyModel;
import dev.standing.mapping.SubordinateMapping;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the domain alone makes of commands: what a processor has to make of them, too. */
public final class DomainModel {

    private final Decider decider;
    private final Settlement settlement;
    private final CascadeCompletion completion;
    private final Map<RequestKey, Remembered> remembered = new HashMap<>();
    private final Map<String, Customer> customers = new TreeMap<>();
    private final Map<String, List<Event>> events = new TreeMap<>();
    private final Map<String, HierarchyModel> hierarchies = new TreeMap<>();
    private final Map<String, Deque<Cascade>> cascades = new TreeMap<>();
    private final Map<String, List<SubordinateUpdate>> updates = new TreeMap<>();

    /** Nobody is registered yet. */
    public DomainModel(Policy policy) {
        this.decider = new Decider(policy);
        this.settlement = new Settlement(policy);
        this.completion = new CascadeCompletion(policy);
    }

    private record Remembered(RememberedRequest request, OutcomeStatus status) {}

    /** Decides a command, none of which names an externalId, and gives the status that it is answered with. */
    public OutcomeStatus decide(Command command, Instant clock) {
        RequestKey key = RequestKey.of(command);
        Optional<Remembered> seen = Optional.ofNullable(remembered.get(key));
        Decision decision = decider.decide(
                Optional.ofNullable(customers.get(command.customerId())),
                hierarchy(command.customerId()),
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

    /** Whether a change is still on its way to subordinates. */
    public boolean hasOpenCascades() {
        return cascades.values().stream().anyMatch(open -> !open.isEmpty());
    }

    /** Takes all that is on its way to subordinates to the end. */
    public void cascade(Instant clock) {
        cascades.forEach((customerId, open) -> {
            while (!open.isEmpty()) {
                cascade(open.poll(), clock);
            }
        });
    }

    private void cascade(Cascade cascade, Instant clock) {
        String customerId = cascade.customerId();
        Customer customer = customers.get(customerId);
        HierarchyModel hierarchy = hierarchy(customerId);
        CascadeCount count = CascadeCount.NONE;
        for (Subordinate subordinate : hierarchy.all()) {
            Reach reach = cascade.reach(subordinate);
            count = count.plus(reach);
            if (reach == Reach.UPDATED) {
                updates.computeIfAbsent(customerId, unused -> new ArrayList<>())
                        .add(SubordinateMapping.toUpdate(cascade, subordinate, Now.of(Optional.of(customer), clock)));
                hierarchy.apply(List.of(new Put(subordinate.withState(
                        cascade.state().state(), cascade.state().reason()))));
            }
        }
        happen(customerId, List.of(completion.completed(customer, cascade, count, clock)));
    }

    private HierarchyModel hierarchy(String customerId) {
        return hierarchies.computeIfAbsent(customerId, unused -> new HierarchyModel());
    }

    private void happen(String customerId, List<Event> happened) {
        if (!happened.isEmpty()) {
            hierarchy(customerId).apply(HierarchyEvolution.evolve(hierarchy(customerId), happened));
            cascades.computeIfAbsent(customerId, unused -> new ArrayDeque<>()).addAll(Cascade.startedBy(happened));
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

    /** All updates of subordinates so far, by customer, in their order. */
    public Map<String, List<SubordinateUpdate>> updates() {
        return updates;
    }

    /** The subordinates of a customer as they are now. */
    public List<Subordinate> subordinates(String customerId) {
        return hierarchy(customerId).all();
    }

    /** The customers as they are now. */
    public Map<String, Customer> customers() {
        return customers;
    }
}
