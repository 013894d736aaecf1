package dev.standing.processor.execution;

import dev.standing.avro.Customer;
import dev.standing.avro.store.RememberedRequest;
import dev.standing.processor.output.OutgoingRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that follows from one command, or from the passing of time, encoded and checked, before anything of it is
 * written: after the first write nothing may go wrong any more that does not end the transaction.
 *
 * @param customer the customer to keep, with what becomes of its due times; empty if it is as before
 * @param toRemember the request to remember; empty if it is not to be remembered
 * @param records the records to send, in their order
 * @param registers whether the customer exists from here on
 * @param decidedAt the time of the records
 */
public record Effects(
        Optional<ChangedCustomer> customer,
        Optional<RememberedRequest> toRemember,
        List<OutgoingRecord> records,
        boolean registers,
        Instant decidedAt)
        implements Execution {

    /** A customer that is not as before. */
    public record ChangedCustomer(Customer customer, DueTimes dueTimes) {}
}
