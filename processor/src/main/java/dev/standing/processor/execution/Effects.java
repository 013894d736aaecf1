package dev.standing.processor.execution;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.store.OpenCascade;
import dev.standing.avro.store.RememberedRequest;
import dev.standing.domain.hierarchy.HierarchyChange;
import dev.standing.processor.output.OutgoingRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that follows from one command, or from the passing of time, encoded and checked, before anything of it is
 * written: after the first write nothing may go wrong any more that does not end the transaction.
 *
 * @param customer the customer to keep, with what becomes of all that hangs on it; empty if it is as before
 * @param toRemember the request to remember; empty if it is not to be remembered
 * @param records the records to send, in their order
 * @param result the answer to the command; empty if there was none
 * @param registers whether the customer exists from here on
 * @param decidedAt the time of the records
 */
public record Effects(
        Optional<ChangedCustomer> customer,
        Optional<RememberedRequest> toRemember,
        List<OutgoingRecord> records,
        Optional<CommandResult> result,
        boolean registers,
        Instant decidedAt)
        implements Execution {

    /** Those of something that no command asks for: there is no answer, and nothing to be remembered. */
    static Effects unasked(ChangedCustomer customer, List<OutgoingRecord> records, Instant decidedAt) {
        return new Effects(Optional.of(customer), Optional.empty(), records, Optional.empty(), false, decidedAt);
    }

    /** Those of nothing. */
    static Effects none(Instant decidedAt) {
        return new Effects(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), false, decidedAt);
    }

    /**
     * A customer that is not as before.
     *
     * @param dueTimes what becomes of the times at which something of it is to be settled
     * @param hierarchy what becomes of its subordinates
     * @param cascades those that start
     */
    public record ChangedCustomer(
            Customer customer, DueTimes dueTimes, List<HierarchyChange> hierarchy, List<OpenCascade> cascades) {

        /** Keeps copies. */
        public ChangedCustomer {
            hierarchy = List.copyOf(hierarchy);
            cascades = List.copyOf(cascades);
        }
    }
}
