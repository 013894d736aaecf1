package dev.standing.domain.cascade;

/** How a cascade reaches a subordinate ({@code semantics.md} section 7). */
public enum Reach {
    /** It gets the new state. */
    UPDATED,
    /** It keeps its state: it is DEACTIVATED, or has the new state and reason already. It is counted. */
    SKIPPED,
    /** It was registered after the change: the later registration wins. */
    NOT_COVERED
}
