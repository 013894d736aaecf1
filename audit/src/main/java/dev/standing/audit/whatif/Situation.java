package dev.standing.audit.whatif;

import dev.standing.domain.cascade.Cascade;
import dev.standing.domain.cascade.Reach;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.HierarchyEvolution;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.hierarchy.HierarchyChange;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A customer with all its subordinates.
 *
 * <p>A cascade has reached all that it covers as soon as it starts: the states that it brings about decide nothing, as only
 * DEACTIVATED parents matter to a decision, and nothing is decided for a customer that is DEACTIVATED any more; and a
 * later registration wins over the cascade either way.
 *
 * @param customer empty if it was never registered
 * @param subordinates by name; not changed
 */
record Situation(Optional<Customer> customer, Map<SubordinateRef, Subordinate> subordinates) implements Hierarchy {

    /** Before the first event. */
    static final Situation NONE = new Situation(Optional.empty(), Map.of());

    private static final Comparator<Subordinate> BY_NAME = Comparator.<Subordinate, SubordinateRef>comparing(
            Subordinate::ref, Comparator.comparing(SubordinateRef::type).thenComparing(SubordinateRef::id));

    @Override
    public Optional<Subordinate> find(SubordinateRef ref) {
        return Optional.ofNullable(subordinates.get(ref));
    }

    /** In the order of their names. */
    List<Subordinate> inOrder() {
        return subordinates.values().stream().sorted(BY_NAME).toList();
    }

    /**
     * The situation after the customer's next events.
     *
     * @throws IllegalArgumentException if they cannot have happened
     */
    Situation after(List<Event> events) {
        Situation situation = this;
        for (Event event : events) {
            situation = situation.after(event);
        }
        return situation;
    }

    private Situation after(Event event) {
        Optional<Customer> next = Optional.of(CustomerEvolution.evolve(customer, event));
        List<HierarchyChange> changes = HierarchyEvolution.evolve(this, List.of(event));
        List<Cascade> cascades = Cascade.startedBy(List.of(event));
        if (changes.isEmpty() && cascades.isEmpty()) {
            return new Situation(next, subordinates);
        }
        Map<SubordinateRef, Subordinate> changed = new HashMap<>(subordinates);
        for (HierarchyChange change : changes) {
            if (change instanceof HierarchyChange.Put put) {
                changed.put(put.subordinate().ref(), put.subordinate());
            } else if (change instanceof HierarchyChange.Remove remove) {
                changed.remove(remove.subordinate().ref());
            }
        }
        cascades.forEach(cascade -> changed.replaceAll((ref, subordinate) -> reached(cascade, subordinate)));
        return new Situation(next, changed);
    }

    private static Subordinate reached(Cascade cascade, Subordinate subordinate) {
        return cascade.reach(subordinate) == Reach.UPDATED
                ? subordinate.withState(cascade.state().state(), cascade.state().reason())
                : subordinate;
    }

    /**
     * Whether all that is still to come is the same for both: then one of them is enough. Sequences, ids of changes and
     * the times of the customer's own record do not count.
     */
    boolean leadsToTheSameAs(Situation other) {
        return customer.map(Situation::essence).equals(other.customer.map(Situation::essence))
                && subordinates.size() == other.subordinates.size()
                && subordinates.values().stream()
                        .allMatch(subordinate -> other.find(subordinate.ref())
                                .map(Situation::essence)
                                .equals(Optional.of(essence(subordinate))));
    }

    private static List<Object> essence(Customer customer) {
        return List.of(
                customer.externalId(),
                customer.state(),
                customer.attributes(),
                customer.plannedChanges().stream().map(Situation::essence).toList());
    }

    private static List<Object> essence(PlannedChange planned) {
        return List.of(
                planned.status(),
                planned.change(),
                planned.subordinateUpdated(),
                planned.notes(),
                planned.acceptedAt(),
                planned.overdue());
    }

    private static List<Object> essence(Subordinate subordinate) {
        return List.of(subordinate.ref(), subordinate.parent(), subordinate.state(), subordinate.reason());
    }
}
