package dev.standing.domain.event;

import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.hierarchy.HierarchyChange;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds events into hierarchies, as {@link CustomerEvolution} does into customers. The states that a cascade brings
 * about are no events: they follow from the change that started it.
 */
public final class HierarchyEvolution {

    private final Hierarchy before;
    private final Map<SubordinateRef, Optional<Subordinate>> found = new LinkedHashMap<>();
    private final Map<SubordinateRef, Optional<Subordinate>> current = new LinkedHashMap<>();

    private HierarchyEvolution(Hierarchy before) {
        this.before = before;
    }

    /**
     * What becomes of a customer's hierarchy through its next events; those that are not about subordinates change
     * nothing.
     *
     * @param before the hierarchy before, of which only the subordinates are read that the events are about, and their
     *     parents
     * @return what differs afterwards, in an order that can be written one by one: removals first, children before
     *     parents; then the others, parents before children. There is one change of a subordinate at most, unless it was
     *     removed and registered anew in another place: then it is removed there and put here
     * @throws IllegalArgumentException if an event tells of what cannot have happened: of a parent that is not there or
     *     that changed, or of the removal of a subordinate that is not there or has children
     */
    public static List<HierarchyChange> evolve(Hierarchy before, List<Event> events) {
        HierarchyEvolution evolution = new HierarchyEvolution(before);
        for (Event event : events) {
            if (event.fact() instanceof SubordinateRegistered registered) {
                evolution.registered(event, registered);
            } else if (event.fact() instanceof SubordinateRemoved removed) {
                evolution.removed(event, removed.ref());
            }
        }
        return evolution.changes();
    }

    private void registered(Event event, SubordinateRegistered registered) {
        Optional<Subordinate> known = find(registered.ref());
        if (known.isPresent() && !known.get().parent().equals(registered.parent())) {
            throw impossible(
                    event, "gives another parent to " + registered.ref().text());
        }
        Optional<Subordinate> parent = registered.parent().map(ref -> parent(event, ref));
        put(new Subordinate(
                registered.ref(),
                registered.parent(),
                parent.map(Subordinate::depth).orElse(0) + 1,
                registered.state(),
                registered.reason(),
                event.sequence(),
                known.map(Subordinate::children).orElse(0)));
        if (known.isEmpty()) {
            parent.ifPresent(found -> put(found.withChildren(found.children() + 1)));
        }
    }

    private void removed(Event event, SubordinateRef ref) {
        Subordinate known =
                find(ref).orElseThrow(() -> impossible(event, "removes " + ref.text() + ", which is not there"));
        if (known.children() > 0) {
            throw impossible(event, "removes " + ref.text() + ", which has children");
        }
        current.put(ref, Optional.empty());
        known.parent()
                .map(parent -> parent(event, parent))
                .ifPresent(parent -> put(parent.withChildren(parent.children() - 1)));
    }

    private Subordinate parent(Event event, SubordinateRef ref) {
        return find(ref)
                .orElseThrow(() -> impossible(event, "needs the parent " + ref.text() + ", which is not there"));
    }

    private Optional<Subordinate> find(SubordinateRef ref) {
        return current.computeIfAbsent(ref, unknown -> found.computeIfAbsent(unknown, before::find));
    }

    private void put(Subordinate subordinate) {
        current.put(subordinate.ref(), Optional.of(subordinate));
    }

    private List<HierarchyChange> changes() {
        List<Subordinate> removals = new ArrayList<>();
        List<Subordinate> puts = new ArrayList<>();
        current.forEach((ref, now) -> {
            Optional<Subordinate> was = found.get(ref);
            was.filter(old -> !isInPlaceOf(old, now)).ifPresent(removals::add);
            now.filter(subordinate -> !now.equals(was)).ifPresent(puts::add);
        });
        removals.sort(Comparator.comparingInt(Subordinate::depth).reversed());
        puts.sort(Comparator.comparingInt(Subordinate::depth));
        List<HierarchyChange> changes = new ArrayList<>();
        removals.forEach(removal -> changes.add(new HierarchyChange.Remove(removal)));
        puts.forEach(put -> changes.add(new HierarchyChange.Put(put)));
        return List.copyOf(changes);
    }

    private static boolean isInPlaceOf(Subordinate old, Optional<Subordinate> now) {
        return now.filter(
                        subordinate -> subordinate.parent().equals(old.parent()) && subordinate.depth() == old.depth())
                .isPresent();
    }

    private static IllegalArgumentException impossible(Event event, String what) {
        return new IllegalArgumentException("Event " + event.eventId() + " " + what);
    }
}
