package dev.standing.audit.whatif;

import java.util.List;

/**
 * A customer for which something would have come out otherwise.
 *
 * @param customerId its id
 * @param differing how many of its commands would have been answered otherwise
 * @param commands the first of these, in the order in which they were decided; immutable
 * @param state in what its final state would be another; immutable
 */
public record DifferingCustomer(
        String customerId, long differing, List<DifferingCommand> commands, List<FieldDifference> state) {

    /** Keeps copies. */
    public DifferingCustomer {
        commands = List.copyOf(commands);
        state = List.copyOf(state);
    }
}
