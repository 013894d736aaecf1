package dev.standing.processor.history;

/** Which processor can answer about a subject. */
public sealed interface Placement {

    /** This one. */
    record Here() implements Placement {}

    /** Another one, as far as is known here. */
    record Elsewhere(QueryAddress address) implements Placement {}

    /**
     * Nobody, or it is not known who.
     *
     * @param reason for people
     */
    record Nowhere(String reason) implements Placement {}
}
