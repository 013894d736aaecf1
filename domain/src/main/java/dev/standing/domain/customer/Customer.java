package dev.standing.domain.customer;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A customer as its events up to {@code sequence} made it. Only {@code CustomerEvolution} makes one from events.
 *
 * @param customerId the immutable id
 * @param externalId the unique second id, if it has one
 * @param version the sequence of the last event that changed the state or the planned changes
 * @param sequence the sequence of the last event, from 1
 * @param recordedAt when the last event was recorded
 * @param state the state that holds now
 * @param stateRecordedAt when the event that brought the state about was recorded
 * @param registeredAt when the customer was registered
 * @param attributes what the registration said besides; immutable
 */
public record Customer(
        String customerId,
        Optional<String> externalId,
        long version,
        long sequence,
        Instant recordedAt,
        StateValue state,
        Instant stateRecordedAt,
        Instant registeredAt,
        Map<String, String> attributes) {

    /** Keeps a copy of the attributes. */
    public Customer {
        attributes = Map.copyOf(attributes);
    }
}
