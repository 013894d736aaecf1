package dev.standing.mapping;

import dev.standing.avro.CustomerEvent;
import dev.standing.avro.EventType;
import dev.standing.avro.Sha256;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.PendingOverdue;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import dev.standing.serde.GeneratedClasses;
import java.util.Optional;

/** Events, in both directions. */
public final class EventMapping {

    static {
        GeneratedClasses.trust();
    }

    private EventMapping() {}

    /**
     * The Avro form of an event.
     *
     * @param previousHash the hash of the customer's event before it; empty for the first
     */
    public static CustomerEvent toAvro(Event event, Optional<Sha256> previousHash) {
        CustomerEvent.Builder builder = CustomerEvent.newBuilder()
                .setEventId(event.eventId())
                .setCustomerId(event.customerId())
                .setSequence(event.sequence())
                .setRecordedAt(event.recordedAt())
                .setCommandId(event.origin().commandId())
                .setRequestId(event.origin().requestId().orElse(null))
                .setSource(event.origin().source())
                .setPolicyVersion(event.policyVersion())
                .setPreviousHash(previousHash.orElse(null));
        put(event.fact(), builder);
        return builder.build();
    }

    private static void put(Fact fact, CustomerEvent.Builder builder) {
        if (fact instanceof CustomerRegistered registered) {
            builder.setType(EventType.CUSTOMER_REGISTERED).setCustomerRegistered(FactMapping.toAvro(registered));
        } else if (fact instanceof StateChanged changed) {
            builder.setType(EventType.STATE_CHANGED).setStateChanged(FactMapping.toAvro(changed));
        } else if (fact instanceof ChangeScheduled scheduled) {
            builder.setType(EventType.CHANGE_SCHEDULED).setChangeScheduled(FactMapping.toAvro(scheduled));
        } else if (fact instanceof ChangeProposed proposed) {
            builder.setType(EventType.CHANGE_PROPOSED).setChangeProposed(FactMapping.toAvro(proposed));
        } else if (fact instanceof ChangeConfirmed confirmed) {
            builder.setType(EventType.CHANGE_CONFIRMED).setChangeConfirmed(FactMapping.toAvro(confirmed));
        } else if (fact instanceof ChangeCancelled cancelled) {
            builder.setType(EventType.CHANGE_CANCELLED).setChangeCancelled(FactMapping.toAvro(cancelled));
        } else if (fact instanceof ChangeFailed failed) {
            builder.setType(EventType.CHANGE_FAILED).setChangeFailed(FactMapping.toAvro(failed));
        } else if (fact instanceof PendingOverdue overdue) {
            builder.setType(EventType.PENDING_OVERDUE).setPendingOverdue(FactMapping.toAvro(overdue));
        } else if (fact instanceof SubordinateRegistered registered) {
            builder.setType(EventType.SUBORDINATE_REGISTERED).setSubordinateRegistered(FactMapping.toAvro(registered));
        } else if (fact instanceof SubordinateRemoved removed) {
            builder.setType(EventType.SUBORDINATE_REMOVED).setSubordinateRemoved(FactMapping.toAvro(removed));
        } else if (fact instanceof CascadeCompleted completed) {
            builder.setType(EventType.CASCADE_COMPLETED).setCascadeCompleted(FactMapping.toAvro(completed));
        }
    }

    /**
     * The event of an Avro record.
     *
     * @throws UnknownSymbolException if a later version wrote it
     */
    public static Event toDomain(CustomerEvent event) {
        return new Event(
                event.getCustomerId(),
                event.getSequence(),
                event.getRecordedAt(),
                new Origin(event.getCommandId(), event.getRequestId(), event.getSource()),
                event.getPolicyVersion(),
                fact(event));
    }

    private static Fact fact(CustomerEvent event) {
        Optional<? extends Fact> fact = switch (event.getType()) {
            case CUSTOMER_REGISTERED -> event.getCustomerRegistered().map(FactMapping::toDomain);
            case STATE_CHANGED -> event.getStateChanged().map(FactMapping::toDomain);
            case CHANGE_SCHEDULED -> event.getChangeScheduled().map(FactMapping::toDomain);
            case CHANGE_PROPOSED -> event.getChangeProposed().map(FactMapping::toDomain);
            case CHANGE_CONFIRMED -> event.getChangeConfirmed().map(FactMapping::toDomain);
            case CHANGE_CANCELLED -> event.getChangeCancelled().map(FactMapping::toDomain);
            case CHANGE_FAILED -> event.getChangeFailed().map(FactMapping::toDomain);
            case PENDING_OVERDUE -> event.getPendingOverdue().map(FactMapping::toDomain);
            case SUBORDINATE_REGISTERED -> event.getSubordinateRegistered().map(FactMapping::toDomain);
            case SUBORDINATE_REMOVED -> event.getSubordinateRemoved().map(FactMapping::toDomain);
            case CASCADE_COMPLETED -> event.getCascadeCompleted().map(FactMapping::toDomain);
            case UNKNOWN -> Optional.<Fact>empty();
        };
        return fact.map(Fact.class::cast)
                .orElseThrow(() -> new UnknownSymbolException("event type " + event.getType()));
    }
}
