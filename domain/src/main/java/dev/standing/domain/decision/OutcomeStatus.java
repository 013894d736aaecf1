package dev.standing.domain.decision;

/** What became of a command ({@code semantics.md} section 4). */
public enum OutcomeStatus {
    /** The customer was registered, or its subordinates were. */
    REGISTERED,
    /** The change was applied. */
    APPLIED,
    /** The change will be applied when its date has come. */
    SCHEDULED,
    /** The change waits for its confirmation. */
    PENDING,
    /** The pending change will be applied when its date has come. */
    CONFIRMED,
    /** The planned change was dropped. */
    CANCELLED,
    /** The customer had the state already. */
    UNCHANGED,
    /** The subordinate was removed. */
    REMOVED,
    /** The command was turned down. */
    REJECTED
}
