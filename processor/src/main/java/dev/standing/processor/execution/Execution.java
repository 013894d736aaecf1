package dev.standing.processor.execution;

/** What came of executing a command. */
public sealed interface Execution permits Effects, Execution.AwaitsExternalId {

    /**
     * It is a registration that cannot be decided before it is decided whose the externalId is. Nothing follows yet.
     */
    record AwaitsExternalId(String externalId) implements Execution {}
}
