package dev.standing.processor.history;

import dev.standing.avro.CustomerEvent;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateRef;
import dev.standing.avro.store.ListedSubordinate;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The subordinates of one partition's customers, as their events registered them, and which cascade of each customer is
 * the latest that is complete. For queries, {@link SubordinateRows} reads it.
 *
 * <p>Events that come again, in their order, make it right whatever it held of them, in the store and in the changelog.
 * What an event does to it follows from the event and from the depth of the parent. That may be told by a row that later
 * events left behind: then the parent was removed later on, and what belonged to it, before. So what is written
 * wrongly for that time is removed when those events come again.
 */
final class ListedSubordinates {

    private final KeyValueStore<Bytes, byte[]> store;

    /** A view of a task's store. */
    ListedSubordinates(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Does what follows from an event. */
    void follow(CustomerEvent event) {
        String customerId = event.getCustomerId();
        switch (event.getType()) {
            case SUBORDINATE_REGISTERED ->
                event.getSubordinateRegistered()
                        .ifPresent(registered -> put(customerId, registered.getSubordinate(), event.getSequence()));
            case SUBORDINATE_REMOVED ->
                event.getSubordinateRemoved()
                        .ifPresent(removed ->
                                remove(customerId, new SubordinateRef(removed.getSubordinateType(), removed.getId())));
            case CASCADE_COMPLETED ->
                event.getCascadeCompleted()
                        .ifPresent(completed -> store.put(
                                SubordinateRows.cascade(customerId),
                                SubordinateRows.sequence(completed.getCauseSequence())));
            default -> {
                // Nothing else is about subordinates.
            }
        }
    }

    private void put(String customerId, Subordinate subordinate, long sequence) {
        SubordinateRef ref = new SubordinateRef(subordinate.getType(), subordinate.getId());
        OptionalInt depth = depth(customerId, subordinate.getParent());
        if (depth.isEmpty()) {
            return; // The parent is gone already, so that this one was removed, too: the event comes again.
        }
        SubordinatePosition position = SubordinatePosition.of(depth.getAsInt(), ref);
        SubordinateRows.depth(store, customerId, ref)
                .ifPresent(before -> deleteUnless(customerId, position, SubordinatePosition.of(before, ref)));
        store.put(SubordinateRows.byName(customerId, ref), SubordinateRows.depth(depth.getAsInt()));
        store.put(
                SubordinateRows.byPosition(customerId, position),
                SubordinateRows.value(new ListedSubordinate(subordinate, sequence)));
    }

    private OptionalInt depth(String customerId, Optional<SubordinateRef> parent) {
        if (parent.isEmpty()) {
            return OptionalInt.of(1);
        }
        OptionalInt above = SubordinateRows.depth(store, customerId, parent.get());
        return above.isEmpty() ? above : OptionalInt.of(above.getAsInt() + 1);
    }

    private void deleteUnless(String customerId, SubordinatePosition here, SubordinatePosition before) {
        if (!here.equals(before)) {
            store.delete(SubordinateRows.byPosition(customerId, before));
        }
    }

    /** The row by name is deleted even where it is not there: the changelog may have it still. */
    private void remove(String customerId, SubordinateRef ref) {
        SubordinateRows.depth(store, customerId, ref)
                .ifPresent(depth ->
                        store.delete(SubordinateRows.byPosition(customerId, SubordinatePosition.of(depth, ref))));
        store.delete(SubordinateRows.byName(customerId, ref));
    }
}
