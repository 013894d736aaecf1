package dev.standing.domain.decision;

/** What became of a command ({@code semantics.md} section 4). */
public enum OutcomeStatus {
    /** The customer was registered. */
    REGISTERED,
    /** The change was applied. */
    APPLIED,
    /** The customer had the state already. */
    UNCHANGED,
    /** The command was turned down. */
    REJECTED
}
