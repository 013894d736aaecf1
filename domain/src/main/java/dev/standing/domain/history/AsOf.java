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
        Instant now = clock.truncatedTo(ChronoUnit.MILLIS);
        Fold fold = new Fold(point.validAt());
        while (events.hasNext()) {
            Event event = events.next();
            // The customer's last event may be later than the clock, and then than a time that is not in its past.
            if (point.knownAt().filter(event.recordedAt()::isAfter).isPresent()) {
                return fold.standing();
            }
            fold.add(event);
        }
        if (point.knownAt().filter(now::isAfter).isEmpty()) {
            fold.known.ifPresent(customer -> settlement.settle(customer, clock).forEach(fold::add));
        }
        return fold.standing();
    }

    /** The customer, and the event that decided its state at the valid time, after each event. */
    private static final class Fold {

        private final Optional<Instant> validAt;
        private Optional<Customer> known = Optional.empty();
        private Optional<Event> decidedBy = Optional.empty();

        Fold(Optional<Instant> validAt) {
            this.validAt = validAt;
        }

        void add(Event event) {
            known = Optional.of(CustomerEvolution.evolve(known, event));
            if (state(event.fact()).filter(this::isValid).isPresent()) {
                decidedBy = Optional.of(event);
            }
        }

        private boolean isValid(StateValue state) {
            return validAt.isEmpty() || !state.validFrom().isAfter(validAt.get());
        }

        Optional<Standing> standing() {
            return decidedBy.map(event ->
                    new Standing(known.orElseThrow(), state(event.fact()).orElseThrow(), event));
        }
    }

    private static Optional<StateValue> state(Fact fact) {
        if (fact instanceof CustomerRegistered registered) {
            return Optional.of(registered.state());
        }
        return fact instanceof StateChanged changed ? Optional.of(changed.after()) : Optional.empty();
    }
}
