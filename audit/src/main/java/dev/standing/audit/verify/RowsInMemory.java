package dev.standing.audit.verify;

import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.hierarchy.HierarchyChange;
import dev.standing.domain.hierarchy.HierarchyChange.Put;
import dev.standing.domain.hierarchy.HierarchyChange.Remove;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The subordinates of a single customer. */
final class RowsInMemory implements SubordinateRows {

    private final Map<SubordinateRef, Subordinate> rows = new HashMap<>();

    @Override
    public Hierarchy of(String customerId) {
        return ref -> Optional.ofNullable(rows.get(ref));
    }

    @Override
    public void apply(String customerId, List<HierarchyChange> changes) {
        for (HierarchyChange change : changes) {
            if (change instanceof Put put) {
                rows.put(put.subordinate().ref(), put.subordinate());
            } else if (change instanceof Remove remove) {
                rows.remove(remove.subordinate().ref());
            }
        }
    }
}
