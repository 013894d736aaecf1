package dev.standing.domain.policy;

/** What becomes of a change for a customer that was never registered ({@code semantics.md} section 2). */
public enum UnknownCustomer {
    /** It is turned down. */
    REJECT,
    /** The customer is registered first, in the default state. */
    REGISTER
}
