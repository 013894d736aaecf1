package dev.standing.gateway.rest;

import dev.standing.avro.RejectionCode;

/** The HTTP status of every rejection. */
final class RejectionStatus {

    private RejectionStatus() {}

    /** The status of a code; a code of a later version counts as a conflict. */
    static int of(RejectionCode code) {
        return switch (code) {
            case INVALID_REQUEST, REASON_REQUIRED -> 400;
            case UNKNOWN_CUSTOMER, UNKNOWN_SUBORDINATE -> 404;
            case ALREADY_REGISTERED,
                    CUSTOMER_DEACTIVATED,
                    ILLEGAL_TRANSITION,
                    NO_PENDING_CHANGE,
                    STATE_MISMATCH,
                    REASON_MISMATCH,
                    VERSION_CONFLICT,
                    REQUEST_ID_REUSED,
                    TOO_MANY_PLANNED_CHANGES,
                    PENDING_EXISTS,
                    EXTERNAL_ID_TAKEN,
                    UNKNOWN -> 409;
            case UNKNOWN_REASON, INVALID_HIERARCHY, DATE_IN_PAST -> 422;
        };
    }
}
