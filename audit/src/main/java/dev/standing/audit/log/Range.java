package dev.standing.audit.log;

import java.util.Objects;

/**
 * Which part of a topic is read.
 *
 * @param from where it begins, inclusive
 * @param to where it ends, exclusive
 */
public record Range(Bound from, Bound to) {

    /** All that is there. */
    public static final Range ALL = new Range(Bound.OPEN, Bound.OPEN);

    /** Refuses nulls. */
    public Range {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }
}
