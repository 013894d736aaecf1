package dev.standing.domain.history;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.policy.Policy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Answers what held at valid time T, as known at record time R ({@code semantics.md} section 5): the last registration
 * or change of state, by sequence, that was recorded at R or before and is valid from T or before. An R that is not in
 * the past includes what settling would apply by now. Pure, and safe for use by many threads.
 */
public final class AsOf {

    private final Settlement settlement;

    /** Answers under this policy, which settles what is due. */
    public AsOf(Policy policy) {
        this.settlement = new Settlement(policy);
    }

    /**
     * Where the customer stood.
     *
     * @param events all events of one customer, in their order; read once, and no further than needed
     * @param clock the time that it is now
     * @return empty if the customer was not known then, or had no state then
     * @throws IllegalArgumentException if the events do not follow each other
     */
    public Optional<Standing> at(PointInTime point, Iterator<Event> events, Instant clock) {
        Course course = Course.NONE;
        while (events.hasNext() && !course.isOver()) {
            course = next(point, course, events.next());
        }
        return end(point, course, clock);
    }

    /**
     * What is known after one more event of the same customer.
     *
     * @param course what was known before it
     * @throws IllegalArgumentException if the event does not follow
     */
    public static Course next(PointInTime point, Course course, Event event) {
        // The customer's last event may be later than the clock, and then than a time that is not in its past.
        if (course.isOver()
                || point.knownAt().filter(event.recordedAt()::isAfter).isPresent()) {
            return course.over();
        }
        return add(point, course, event);
    }

    /**
     * Where the customer stood, after the last of its events.
     *
     * @param course what is known after that
     * @param clock the time that it is now
     * @return empty if the customer was not known then, or had no state then; decided by an event that is not among the
     *     customer's if settling brought the state about
     */
    public Optional<Standing> end(PointInTime point, Course course, Instant clock) {
        Instant now = clock.truncatedTo(ChronoUnit.MILLIS);
        Course end = course;
        if (!course.isOver() && point.knownAt().filter(now::isAfter).isEmpty()) {
            for (Event event : course.known()
                    .map(customer -> settlement.settle(customer, clock))
                    .orElse(List.of())) {
                end = add(point, end, event);
            }
        }
        return standing(end);
    }

    private static Course add(PointInTime point, Course course, Event event) {
        Customer known = CustomerEvolution.evolve(course.known(), event);
        boolean decides =
                state(event.fact()).filter(state -> isValid(point, state)).isPresent();
        return new Course(Optional.of(known), decides ? Optional.of(event) : course.decidedBy(), false);
    }

    private static boolean isValid(PointInTime point, StateValue state) {
        return point.validAt().filter(state.validFrom()::isAfter).isEmpty();
    }

    private static Optional<Standing> standing(Course course) {
        return course.decidedBy()
                .map(event -> new Standing(
                        course.known().orElseThrow(), state(event.fact()).orElseThrow(), event));
    }

    private static Optional<StateValue> state(Fact fact) {
        if (fact instanceof CustomerRegistered registered) {
            return Optional.of(registered.state());
        }
        return fact instanceof StateChanged changed ? Optional.of(changed.after()) : Optional.empty();
    }
}
