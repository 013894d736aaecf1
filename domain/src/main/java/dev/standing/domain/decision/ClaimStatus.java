package dev.standing.domain.decision;

/** Whether the externalId that a registration names is its customer's ({@code semantics.md} section 2). */
public enum ClaimStatus {
    /** Nobody has decided that yet. */
    UNDECIDED,
    /** It is. */
    GRANTED,
    /** It is another customer's. */
    REFUSED
}
