package dev.standing.mapping;

import dev.standing.avro.PlannedChange;
import dev.standing.avro.PlannedChangeStatus;
import dev.standing.avro.Sha256;
import dev.standing.avro.StateValue;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.Origin;
import dev.standing.serde.GeneratedClasses;
import java.util.TreeMap;

/** Customers, in both directions. */
public final class CustomerMapping {

    private static final EnumMapping<dev.standing.domain.customer.PlannedChangeStatus, PlannedChangeStatus> STATUSES =
            new EnumMapping<>(dev.standing.domain.customer.PlannedChangeStatus.class, PlannedChangeStatus.class);

    static {
        GeneratedClasses.trust();
    }

    private CustomerMapping() {}

    /**
     * The Avro form of a customer.
     *
     * @param lastEventHash the hash of the event that has the customer's sequence
     */
    public static dev.standing.avro.Customer toAvro(Customer customer, Sha256 lastEventHash) {
        return dev.standing.avro.Customer.newBuilder()
                .setCustomerId(customer.customerId())
                .setExternalId(customer.externalId().orElse(null))
                .setVersion(customer.version())
                .setSequence(customer.sequence())
                .setRecordedAt(customer.recordedAt())
                .setState(StateMapping.toAvro(customer.state()))
                .setStateRecordedAt(customer.stateRecordedAt())
                .setRegisteredAt(customer.registeredAt())
                .setAttributes(new TreeMap<>(customer.attributes()))
                .setPlannedChanges(customer.plannedChanges().stream()
                        .map(CustomerMapping::toAvro)
                        .toList())
                .setLastEventHash(lastEventHash)
                .build();
    }

    /**
     * The customer of an Avro record.
     *
     * @throws UnknownSymbolException if a later version wrote it
     */
    public static Customer toDomain(dev.standing.avro.Customer customer) {
        return new Customer(
                customer.getCustomerId(),
                customer.getExternalId(),
                customer.getVersion(),
                customer.getSequence(),
                customer.getRecordedAt(),
                StateMapping.toDomain(customer.getState()),
                customer.getStateRecordedAt(),
                customer.getRegisteredAt(),
                customer.getAttributes(),
                customer.getPlannedChanges().stream()
                        .map(CustomerMapping::toDomain)
                        .toList());
    }

    private static PlannedChange toAvro(dev.standing.domain.customer.PlannedChange planned) {
        return PlannedChange.newBuilder()
                .setChangeId(planned.changeId())
                .setStatus(STATUSES.toAvro(planned.status()))
                .setState(StateMapping.STATES.toAvro(planned.change().state()))
                .setStateReason(planned.change().reason())
                .setValidFrom(planned.change().validFrom())
                .setSubordinateUpdated(planned.subordinateUpdated())
                .setNotes(planned.notes().orElse(null))
                .setAcceptedSequence(planned.acceptedSequence())
                .setAcceptedAt(planned.acceptedAt())
                .setCommandId(planned.origin().commandId())
                .setRequestId(planned.origin().requestId().orElse(null))
                .setSource(planned.origin().source())
                .setOverdue(planned.overdue())
                .build();
    }

    private static dev.standing.domain.customer.PlannedChange toDomain(PlannedChange planned) {
        return new dev.standing.domain.customer.PlannedChange(
                planned.getChangeId(),
                STATUSES.toDomain(planned.getStatus())
                        .orElseThrow(() -> new UnknownSymbolException("status " + planned.getStatus())),
                StateMapping.toDomain(
                        new StateValue(planned.getState(), planned.getStateReason(), planned.getValidFrom())),
                planned.getSubordinateUpdated(),
                planned.getNotes(),
                planned.getAcceptedSequence(),
                planned.getAcceptedAt(),
                new Origin(planned.getCommandId(), planned.getRequestId(), planned.getSource()),
                planned.getOverdue());
    }
}
