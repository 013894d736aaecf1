package dev.standing.domain.hierarchy;

import dev.standing.domain.customer.CustomerState;
import java.util.Objects;
import java.util.Optional;

/**
 * An account, subscriber or subscription of a customer.
 *
 * @param ref its type and id, which never change
 * @param parent the subordinate that it belongs to, which never changes; empty: it belongs to the customer
 * @param depth 1 directly beneath the customer, otherwise one more than the parent's
 * @param state the state that it was given last, by a registration or a cascade
 * @param reason why
 * @param registeredSequence the sequence of the event that registered it or, later, registered it anew
 * @param children how many belong to it directly
 */
public record Subordinate(
        SubordinateRef ref,
        Optional<SubordinateRef> parent,
        int depth,
        CustomerState state,
        String reason,
        long registeredSequence,
        int children) {

    /** Refuses nulls. */
    public Subordinate {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
    }

    /** The same one in another state, which no registration gave it. */
    public Subordinate withState(CustomerState state, String reason) {
        return new Subordinate(ref, parent, depth, state, reason, registeredSequence, children);
    }

    /** The same one with so many direct children. */
    public Subordinate withChildren(int children) {
        return new Subordinate(ref, parent, depth, state, reason, registeredSequence, children);
    }
}
