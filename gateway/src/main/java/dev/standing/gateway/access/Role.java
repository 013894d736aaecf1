package dev.standing.gateway.access;

/** What a caller may do. */
public enum Role {
    /** Send commands, and ask what came of its own. */
    WRITE,
    /** Ask about all customers, and follow the feed of events. */
    READ,
    /** Everything, and ask what came of the requests of others. */
    ADMIN
}
