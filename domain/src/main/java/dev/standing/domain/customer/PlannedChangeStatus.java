package dev.standing.domain.customer;

/** What a planned change waits for ({@code semantics.md} section 6). */
public enum PlannedChangeStatus {
    /** Its date. */
    SCHEDULED,
    /** A confirmation. */
    PENDING
}
