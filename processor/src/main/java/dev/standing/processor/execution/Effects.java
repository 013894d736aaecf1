package dev.standing.processor.execution;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.store.RememberedRequest;
import dev.standing.processor.output.OutgoingRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that follows from one command, encoded and checked, before anything of it is written: after the first write
 * nothing may go wrong any more that does not end the transaction.
 *
 * @param customer the customer to keep; empty if it is as before
 * @param toRemember the request to remember; empty if it is not to be remembered
 * @param records the records to send, in their order
 * @param result the answer, for logs and metrics
 * @param decidedAt the time of the records
 */
public record Effects(
        Optional<Customer> customer,
        Optional<RememberedRequest> toRemember,
        List<OutgoingRecord> records,
        CommandResult result,
        Instant decidedAt) {}
