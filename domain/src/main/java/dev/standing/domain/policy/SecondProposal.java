package dev.standing.domain.policy;

/** What becomes of a proposal while another is pending ({@code semantics.md} section 6). */
public enum SecondProposal {
    /** It takes the place of the other. */
    SUPERSEDE,
    /** It is turned down. */
    REJECT
}
