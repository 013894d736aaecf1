package dev.standing.processor.history;

import dev.standing.avro.ChangeConfirmed;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.PlannedChangeStatus;
import dev.standing.avro.StateValue;
import dev.standing.avro.store.AgendaEntry;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the customers of one partition plan, as their events say: a change is in it until an event ends it, even if its
 * date has passed.
 *
 * <p>What an event does to it follows from the event alone, and does not depend on what is there: so events that come
 * again, in their order, make it right whatever it held of them, in the store and in the changelog. For queries,
 * {@link AgendaRows} reads it.
 */
final class Agenda {

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<PlannedChangeStatus, Floor> floors;

    /**
     * A view of a task's store.
     *
     * @param floors are told of every row that is added
     */
    Agenda(KeyValueStore<Bytes, byte[]> store, Map<PlannedChangeStatus, Floor> floors) {
        this.store = store;
        this.floors = floors;
    }

    /** Does what follows from an event. */
    void follow(CustomerEvent event) {
        String customerId = event.getCustomerId();
        switch (event.getType()) {
            case CHANGE_SCHEDULED ->
                event.getChangeScheduled()
                        .ifPresent(scheduled -> add(
                                customerId,
                                scheduled.getChangeId(),
                                PlannedChangeStatus.SCHEDULED,
                                scheduled.getChange()));
            case CHANGE_PROPOSED ->
                event.getChangeProposed()
                        .ifPresent(proposed -> add(
                                customerId, proposed.getChangeId(), PlannedChangeStatus.PENDING, proposed.getChange()));
            case CHANGE_CONFIRMED -> event.getChangeConfirmed().ifPresent(confirmed -> confirm(customerId, confirmed));
            case CHANGE_CANCELLED ->
                event.getChangeCancelled()
                        .ifPresent(cancelled -> end(
                                customerId,
                                cancelled.getChangeId(),
                                cancelled.getChange().getValidFrom()));
            case CHANGE_FAILED ->
                event.getChangeFailed()
                        .ifPresent(failed -> end(
                                customerId,
                                failed.getChangeId(),
                                failed.getChange().getValidFrom()));
            case STATE_CHANGED ->
                event.getStateChanged()
                        .ifPresent(changed -> changed.getChangeId()
                                .ifPresent(changeId -> end(
                                        customerId, changeId, changed.getAfter().getValidFrom())));
            default -> {
                // Nothing else plans or ends a change.
            }
        }
    }

    private void confirm(String customerId, ChangeConfirmed confirmed) {
        remove(customerId, confirmed.getChangeId(), PlannedChangeStatus.PENDING, confirmed.getProposedValidFrom());
        add(customerId, confirmed.getChangeId(), PlannedChangeStatus.SCHEDULED, confirmed.getChange());
    }

    /** Adds everything that a customer plans. */
    void add(Customer customer) {
        customer.getPlannedChanges()
                .forEach(planned -> add(
                        customer.getCustomerId(),
                        planned.getChangeId(),
                        planned.getStatus(),
                        new StateValue(planned.getState(), planned.getStateReason(), planned.getValidFrom())));
    }

    private void add(String customerId, String changeId, PlannedChangeStatus status, StateValue change) {
        AgendaEntry entry = new AgendaEntry(
                customerId, changeId, status, change.getState(), change.getStateReason(), change.getValidFrom());
        Bytes key = AgendaRows.key(status, AgendaPosition.of(entry));
        store.put(key, AgendaRows.value(entry));
        floors.get(status).added(key);
    }

    /** Takes a change out, whatever it waited for: what ends one does not tell. */
    private void end(String customerId, String changeId, Instant validFrom) {
        AgendaRows.STATUSES.forEach(status -> remove(customerId, changeId, status, validFrom));
    }

    /** Deleted even where it is not there: the changelog may have it still. */
    private void remove(String customerId, String changeId, PlannedChangeStatus status, Instant validFrom) {
        store.delete(AgendaRows.key(status, AgendaPosition.of(validFrom, customerId, changeId)));
    }

    /** Whether it has in it all that is planned; if not, it was begun when there were customers already. */
    boolean isComplete() {
        return AgendaRows.isComplete(store);
    }

    /** It has in it all that is planned. */
    void complete() {
        store.put(AgendaRows.COMPLETE, new byte[0]);
    }
}
