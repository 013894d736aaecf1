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
    /** There is no planned change that the command could be about. */
    NO_PENDING_CHANGE,
    /** The pending change leads to another state. */
    STATE_MISMATCH,
    /** The pending change has another reason. */
    REASON_MISMATCH,
    /** The customer has another version than the one expected. */
    VERSION_CONFLICT,
    /** Another request had the same requestId. */
    REQUEST_ID_REUSED,
    /** As many changes are planned for the customer as the policy allows. */
    TOO_MANY_PLANNED_CHANGES,
    /** A change is pending, and the policy does not let another take its place. */
    PENDING_EXISTS,
    /** The policy does not allow a proposal for a date that is not in the future. */
    DATE_IN_PAST,
    /** The customer has no such subordinate. */
    UNKNOWN_SUBORDINATE,
    /** The hierarchy of subordinates would break its rules. */
    INVALID_HIERARCHY,
    /** Another customer has the externalId. */
    EXTERNAL_ID_TAKEN
}
