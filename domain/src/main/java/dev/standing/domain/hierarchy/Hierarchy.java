package dev.standing.domain.hierarchy;

import java.util.Optional;

/** The subordinates of one customer, to be read only. */
public interface Hierarchy {

    /** The subordinate as it is now; empty if the customer has none of this name. */
    Optional<Subordinate> find(SubordinateRef ref);

    /** That of a customer without subordinates. */
    static Hierarchy empty() {
        return ref -> Optional.empty();
    }
}
