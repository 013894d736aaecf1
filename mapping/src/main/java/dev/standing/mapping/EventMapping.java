package dev.standing.mapping;

import dev.standing.avro.CustomerEvent;
import dev.standing.avro.EventType;
import dev.standing.avro.Sha256;
import dev.standing.domain.command.Origin;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.serde.GeneratedClasses;
import java.util.Optional;
import java.util.TreeMap;

/** Events, in both directions. */
public final class EventMapping {

    private static final EnumMapping<ChangeCause, dev.standing.avro.ChangeCause> CAUSES =
            new EnumMapping<>(ChangeCause.class, dev.standing.avro.ChangeCause.class);

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
        Fact fact = event.fact();
        if (fact instanceof CustomerRegistered registered) {
            builder.setType(EventType.CUSTOMER_REGISTERED).setCustomerRegistered(section(registered));
        } else if (fact instanceof StateChanged changed) {
            builder.setType(EventType.STATE_CHANGED).setStateChanged(section(changed));
        }
        return builder.build();
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

    private static dev.standing.avro.CustomerRegistered section(CustomerRegistered registered) {
        return new dev.standing.avro.CustomerRegistered(
                registered.externalId().orElse(null),
                StateMapping.toAvro(registered.state()),
                new TreeMap<>(registered.attributes()));
    }

    private static dev.standing.avro.StateChanged section(StateChanged changed) {
        return dev.standing.avro.StateChanged.newBuilder()
                .setBefore(StateMapping.toAvro(changed.before()))
                .setAfter(StateMapping.toAvro(changed.after()))
                .setCause(CAUSES.toAvro(changed.cause()))
                .setNotes(changed.notes().orElse(null))
                .build();
    }

    private static Fact fact(CustomerEvent event) {
        Optional<Fact> fact = switch (event.getType()) {
            case CUSTOMER_REGISTERED -> event.getCustomerRegistered().map(EventMapping::fact);
            case STATE_CHANGED -> event.getStateChanged().map(EventMapping::fact);
            default -> Optional.empty();
        };
        return fact.orElseThrow(() -> new UnknownSymbolException("event type " + event.getType()));
    }

    private static Fact fact(dev.standing.avro.CustomerRegistered registered) {
        return new CustomerRegistered(
                registered.getExternalId(), StateMapping.toDomain(registered.getState()), registered.getAttributes());
    }

    private static Fact fact(dev.standing.avro.StateChanged changed) {
        ChangeCause cause = CAUSES.toDomain(changed.getCause())
                .orElseThrow(() -> new UnknownSymbolException("cause " + changed.getCause()));
        return new StateChanged(
                StateMapping.toDomain(changed.getBefore()),
                StateMapping.toDomain(changed.getAfter()),
                cause,
                changed.getNotes());
    }
}
