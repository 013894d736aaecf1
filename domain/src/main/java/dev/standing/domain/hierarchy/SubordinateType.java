package dev.standing.domain.hierarchy;

import java.util.Optional;

/** The kinds of subordinates ({@code semantics.md} section 2). */
public enum SubordinateType {
    /** Belongs to the customer or to an account. */
    ACCOUNT,
    /** Belongs to an account. */
    SUBSCRIBER,
    /** Belongs to the customer, an account, a subscriber or a subscription. */
    SUBSCRIPTION;

    /**
     * Whether a subordinate of this type can have such a parent.
     *
     * @param parent the parent's type; empty: the customer itself
     */
    public boolean mayBelongTo(Optional<SubordinateType> parent) {
        return switch (this) {
            case ACCOUNT -> parent.isEmpty() || parent.get() == ACCOUNT;
            case SUBSCRIBER -> parent.isPresent() && parent.get() == ACCOUNT;
            case SUBSCRIPTION -> true;
        };
    }
}
