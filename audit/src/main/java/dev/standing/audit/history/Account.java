package dev.standing.audit.history;

import dev.standing.audit.log.Place;
import dev.standing.domain.history.Course;
import java.util.Optional;

/** What was read of one customer so far. */
sealed interface Account {

    /**
     * All that was read follows.
     *
     * @param course what is known at the point in time
     * @param decidedAt where the event lies that decided the state
     * @param end the last event
     */
    record Whole(Course course, Optional<Place> decidedAt, ChainEnd end) implements Account {}

    /**
     * Something does not follow.
     *
     * @param place the first such record
     * @param why in words
     * @param isLater whether the point in time lies before it, so that it has no part in what was known then
     * @param before what was read before it; empty: nothing
     */
    record Broken(Place place, String why, boolean isLater, Optional<Whole> before) implements Account {}

    /**
     * The customer's records belong into another partition.
     *
     * @param place the first of them
     * @param home the partition that they belong into
     */
    record Astray(Place place, int home) implements Account {}
}
