package dev.standing.domain.history;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A point on both axes of time ({@code semantics.md} section 5).
 *
 * @param validAt the instant at which the state held; empty: now
 * @param knownAt the instant as of which it is told; empty: now, with all that is due by then
 */
public record PointInTime(Optional<Instant> validAt, Optional<Instant> knownAt) {

    /** Now, as known now. */
    public static final PointInTime NOW = new PointInTime(Optional.empty(), Optional.empty());

    /** Refuses nulls. */
    public PointInTime {
        Objects.requireNonNull(validAt, "validAt");
        Objects.requireNonNull(knownAt, "knownAt");
    }
}
