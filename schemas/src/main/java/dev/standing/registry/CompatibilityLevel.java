package dev.standing.registry;

/** What a registry demands of a subject's next schema, as Confluent's Schema Registry names it. */
public enum CompatibilityLevel {
    /** Nothing. */
    NONE,
    /** It reads what the last version wrote. */
    BACKWARD,
    /** It reads what any version wrote. */
    BACKWARD_TRANSITIVE,
    /** The last version reads what it writes. */
    FORWARD,
    /** Every version reads what it writes. */
    FORWARD_TRANSITIVE,
    /** BACKWARD and FORWARD. */
    FULL,
    /** BACKWARD_TRANSITIVE and FORWARD_TRANSITIVE. */
    FULL_TRANSITIVE
}
