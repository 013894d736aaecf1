package dev.standing.domain.command;

import dev.standing.domain.customer.Origin;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One request for one customer, as it was parsed.
 *
 * @param customerId the customer that it is for
 * @param origin who asks
 * @param expectedVersion the version that the customer must have; empty: any
 * @param customerExternalId the externalId by which the requester named the customer; it must be the customer's
 * @param instruction what is to be done
 */
public record Command(
        String customerId,
        Origin origin,
        OptionalLong expectedVersion,
        Optional<String> customerExternalId,
        Instruction instruction) {

    /** Refuses nulls. */
    public Command {
        Objects.requireNonNull(customerId, "customerId");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(expectedVersion, "expectedVersion");
        Objects.requireNonNull(customerExternalId, "customerExternalId");
        Objects.requireNonNull(instruction, "instruction");
    }
}
