package dev.standing.domain.policy;

/** What becomes of a confirmation while nothing is pending ({@code semantics.md} section 6). */
public enum ConfirmWithoutPending {
    /** It is turned down. */
    REJECT,
    /** It is decided as the change of state that it describes. */
    APPLY
}
