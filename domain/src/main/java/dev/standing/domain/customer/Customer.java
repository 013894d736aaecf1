package dev.standing.domain.customer;

import java.time.Instant;
import java.util.List;
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
 * @param plannedChanges what is to come, in {@link PlannedChange#IN_ORDER_OF_DATE}; immutable
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
        Map<String, String> attributes,
        List<PlannedChange> plannedChanges) {

    /** Keeps copies, with the planned changes in their order. */
    public Customer {
        attributes = Map.copyOf(attributes);
        plannedChanges =
                plannedChanges.stream().sorted(PlannedChange.IN_ORDER_OF_DATE).toList();
    }

    /** The change that waits for a confirmation: there is one at most. */
    public Optional<PlannedChange> pendingChange() {
        return plannedChanges.stream().filter(PlannedChange::isPending).findFirst();
    }

    /** The planned change of an id. */
    public Optional<PlannedChange> plannedChange(String changeId) {
        return plannedChanges.stream()
                .filter(planned -> planned.changeId().equals(changeId))
                .findFirst();
    }
}
