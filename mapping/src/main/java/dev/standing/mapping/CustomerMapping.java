package dev.standing.mapping;

import dev.standing.avro.Sha256;
import dev.standing.domain.customer.Customer;
import dev.standing.serde.GeneratedClasses;
import java.util.List;
import java.util.TreeMap;

/** Customers, in both directions. */
public final class CustomerMapping {

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
                .setPlannedChanges(List.of())
                .setLastEventHash(lastEventHash)
                .build();
    }

    /**
     * The customer of an Avro record.
     *
     * @throws UnknownSymbolException if a later version wrote it
     */
    public static Customer toDomain(dev.standing.avro.Customer customer) {
        if (!customer.getPlannedChanges().isEmpty()) {
            throw new UnknownSymbolException("planned changes of a customer");
        }
        return new Customer(
                customer.getCustomerId(),
                customer.getExternalId(),
                customer.getVersion(),
                customer.getSequence(),
                customer.getRecordedAt(),
                StateMapping.toDomain(customer.getState()),
                customer.getStateRecordedAt(),
                customer.getRegisteredAt(),
                customer.getAttributes());
    }
}
