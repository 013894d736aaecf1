package dev.standing.processor.history;

import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.StateChanged;
import dev.standing.avro.StateValue;
import dev.standing.avro.Subordinate;
import dev.standing.avro.store.ListedSubordinate;
import dev.standing.avro.store.RecordedEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads the subordinates of customers, in the states that registrations and cascades gave them.
 *
 * <p>A cascade has no event for each of them, but what it did follows from the events. It passes over those that were
 * registered after the change that it takes on, and those that are DEACTIVATED ({@code semantics.md} section 7). The
 * cascades of a customer run one after another, so the last word is that of the latest. And a cascade that deactivates
 * is the last one that its customer has, as that state is terminal. So whoever is not registered as DEACTIVATED is in
 * the state of the latest complete cascade, if it was registered before it, and otherwise as it was registered.
 */
final class CurrentSubordinates {

    private final ReadOnlyKeyValueStore<Bytes, byte[]> subordinates;
    private final ReadOnlyKeyValueStore<Bytes, RecordedEvent> history;

    CurrentSubordinates(
            ReadOnlyKeyValueStore<Bytes, byte[]> subordinates, ReadOnlyKeyValueStore<Bytes, RecordedEvent> history) {
        this.subordinates = subordinates;
        this.history = history;
    }

    /** What {@link RecordedHistory#subordinates} tells. */
    List<PlacedSubordinate> read(String customerId, Optional<SubordinatePosition> after, int limit) {
        // Read first: one that is completed meanwhile must not reach what is registered after that.
        OptionalLong cascade = SubordinateRows.completedCascade(subordinates, customerId);
        Optional<StateValue> given =
                cascade.isEmpty() ? Optional.empty() : Optional.of(state(customerId, cascade.getAsLong()));
        return SubordinateRows.read(subordinates, customerId, after, limit).stream()
                .map(row -> new PlacedSubordinate(row.position(), current(row.listed(), cascade, given)))
                .toList();
    }

    /** The state that an event brought about. */
    private StateValue state(String customerId, long sequence) {
        return Optional.ofNullable(history.get(EventKey.of(customerId, sequence)))
                .map(RecordedEvent::getEvent)
                .flatMap(CustomerEvent::getStateChanged)
                .map(StateChanged::getAfter)
                .orElseThrow(() -> new IllegalStateException(
                        "Event " + sequence + " of customer " + customerId + " started a cascade and is no change"));
    }

    private static Subordinate current(ListedSubordinate listed, OptionalLong cascade, Optional<StateValue> given) {
        Subordinate registered = listed.getSubordinate();
        boolean isReached = cascade.isPresent()
                && listed.getRegisteredSequence() < cascade.getAsLong()
                && registered.getState() != CustomerState.DEACTIVATED;
        return given.filter(state -> isReached)
                .map(state -> new Subordinate(
                        registered.getType(),
                        registered.getId(),
                        registered.getParent().orElse(null),
                        state.getState(),
                        state.getStateReason()))
                .orElse(registered);
    }
}
