package dev.standing.domain.testing;

import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.hierarchy.HierarchyChange;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A hierarchy in memory. */
public final class HierarchyModel implements Hierarchy {

    /** The order in which a cascade reaches subordinates: parents before children. */
    public static final Comparator<Subordinate> BY_DEPTH = Comparator.comparingInt(Subordinate::depth)
            .thenComparing(subordinate -> subordinate.ref().type())
            .thenComparing(subordinate -> subordinate.ref().id());

    private final Map<SubordinateRef, Subordinate> subordinates = new HashMap<>();

    @Override
    public Optional<Subordinate> find(SubordinateRef ref) {
        return Optional.ofNullable(subordinates.get(ref));
    }

    /**
     * Makes the changes, one by one.
     *
     * @throws IllegalStateException if a change removes what is not there, or not as the change says
     */
    public void apply(List<HierarchyChange> changes) {
        for (HierarchyChange change : changes) {
            if (change instanceof HierarchyChange.Put put) {
                subordinates.put(put.subordinate().ref(), put.subordinate());
            } else if (change instanceof HierarchyChange.Remove remove
                    && !subordinates.remove(remove.subordinate().ref(), remove.subordinate())) {
                throw new IllegalStateException("Not there: " + remove.subordinate());
            }
        }
    }

    /** All subordinates, by depth, then by type, then by id. */
    public List<Subordinate> all() {
        return subordinates.values().stream().sorted(BY_DEPTH).toList();
    }
}
