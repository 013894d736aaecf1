package dev.standing.audit.history;

import dev.standing.audit.log.Place;
import dev.standing.domain.history.Standing;
import java.util.Optional;

/**
 * Where a customer stood.
 *
 * @param standing the customer as it was known, the state that held, and the event that decided it
 * @param place where that event lies; empty: it is not recorded, since settling would only bring it about
 */
public record HeldState(Standing standing, Optional<Place> place) implements AsOfAnswer {

    @Override
    public String customerId() {
        return standing.known().customerId();
    }

    @Override
    public Optional<HeldState> held() {
        return Optional.of(this);
    }

    /** Whether the event lies in the log. */
    public boolean isRecorded() {
        return place.isPresent();
    }
}
