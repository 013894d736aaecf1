package dev.standing.audit.verify;

/** Whether an event carries the hash of the one before it. */
enum Link {
    /** It does. */
    HOLDS,
    /** It carries another. */
    BROKEN,
    /** One of the two is not there. */
    UNKNOWN
}
