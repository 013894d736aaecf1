package dev.standing.audit.export;

import dev.standing.audit.log.Place;

/**
 * A row to be exported, or a record that is none.
 *
 * @param <R> the rows
 */
public sealed interface Row<R> {

    /** Where it lies. */
    Place place();

    /** One that can be written. */
    record Whole<R>(Place place, R value) implements Row<R> {}

    /** One that can be written, but has more than this version knows; {@code reason} tells what. */
    record Partial<R>(Place place, R value, String reason) implements Row<R> {}

    /** One that cannot be read, with the reason. */
    record Broken<R>(Place place, String reason) implements Row<R> {}
}
