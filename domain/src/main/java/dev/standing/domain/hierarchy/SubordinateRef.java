package dev.standing.domain.hierarchy;

import java.util.Objects;

/**
 * Names one subordinate of a customer.
 *
 * @param type its type
 * @param id its id, unique among the customer's subordinates of that type
 */
public record SubordinateRef(SubordinateType type, String id) {

    /** Refuses nulls. */
    public SubordinateRef {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
    }

    /** Type and id, for people. */
    public String text() {
        return type + " " + id;
    }
}
