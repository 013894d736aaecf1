package dev.standing.processor.execution;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.decision.Settlement.DueTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of the times at which something of a customer is to be settled.
 *
 * @param gone those that it has no more
 * @param added those that it did not have before
 */
public record DueTimes(Set<DueTime> gone, Set<DueTime> added) {

    /** From what the customer was to what it is. */
    static DueTimes between(Settlement settlement, Optional<Customer> before, Customer after) {
        Set<DueTime> old = new HashSet<>(before.map(settlement::dueTimes).orElse(List.of()));
        Set<DueTime> now = new HashSet<>(settlement.dueTimes(after));
        Set<DueTime> gone = new HashSet<>(old);
        gone.removeAll(now);
        Set<DueTime> added = new HashSet<>(now);
        added.removeAll(old);
        return new DueTimes(gone, added);
    }
}
