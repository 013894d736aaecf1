package dev.standing.domain.customer;

/** The canonical states of a customer ({@code semantics.md} section 1). */
public enum CustomerState {
    /** Created, not (or no longer) in use. */
    INACTIVE,
    /** Fully operational. */
    ACTIVE,
    /** Inactive for a period. */
    DORMANT,
    /** Temporarily disabled. */
    SUSPENDED,
    /** Restricted from all activities. */
    BLOCKED,
    /** Permanently banned. */
    BLACKLISTED,
    /** Closed; terminal under every policy. */
    DEACTIVATED
}
