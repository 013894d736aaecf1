package dev.standing.domain.event;

import dev.standing.domain.customer.Origin;
import java.time.Instant;

/**
 * One fact in the life of one customer.
 *
 * @param customerId the customer
 * @param sequence 1, 2, 3, ... within the customer, without a gap
 * @param recordedAt when it was decided; never runs backwards within a customer
 * @param origin the command that caused it, or that planned or confirmed what fell due
 * @param policyVersion the version of the policy that decided
 * @param fact what happened
 */
public record Event(
        String customerId, long sequence, Instant recordedAt, Origin origin, String policyVersion, Fact fact) {

    /** The id, which follows from the customer and the sequence: the same event has the same one for ever. */
    public String eventId() {
        return idOf(customerId, sequence);
    }

    /** The id of a customer's event. */
    public static String idOf(String customerId, long sequence) {
        return customerId + ":" + sequence;
    }
}
