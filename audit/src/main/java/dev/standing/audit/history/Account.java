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
     */
    record Broken(Place place, String why) implements Account {}
}
