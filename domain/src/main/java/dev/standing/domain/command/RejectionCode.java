package dev.standing.domain.command;

/** Why a command is turned down ({@code semantics.md} section 4). */
public enum RejectionCode {
    /** It is malformed, or asks for what this version does not do. */
    INVALID_REQUEST,
    /** The customer was never registered. */
    UNKNOWN_CUSTOMER,
    /** The customer was registered before. */
    ALREADY_REGISTERED,
    /** The customer is in a terminal state. */
    CUSTOMER_DEACTIVATED,
    /** It names no reason. */
    REASON_REQUIRED,
    /** The policy does not configure the reason for the state. */
    UNKNOWN_REASON,
    /** The policy does not allow the transition. */
    ILLEGAL_TRANSITION,
    /** The customer has another version than the one expected. */
    VERSION_CONFLICT,
    /** Another request had the same requestId. */
    REQUEST_ID_REUSED
}
