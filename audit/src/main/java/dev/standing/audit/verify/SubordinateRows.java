package dev.standing.audit.verify;

import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.hierarchy.HierarchyChange;
import java.util.List;

/** The subordinates of many customers, as the events so far made them. */
interface SubordinateRows {

    /** Those of one customer. */
    Hierarchy of(String customerId);

    /** Keeps what becomes of one customer's. */
    void apply(String customerId, List<HierarchyChange> changes);
}
