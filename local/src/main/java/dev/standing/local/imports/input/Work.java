package dev.standing.local.imports.input;

import java.util.List;
import java.util.Optional;

/** What is done at once, and in this order for one customer. */
public sealed interface Work {

    /** Where the file goes on behind it. */
    Position end();

    /**
     * A customer, and then its subordinates.
     *
     * @param subordinates lists of at most {@link Request#MAX_SUBORDINATES}, one after another
     */
    record Customer(SourceLine line, String customerId, Request registration, List<Request> subordinates, Position end)
            implements Work {}

    /**
     * Neighbouring lines with subordinates of one customer.
     *
     * @param lines not empty, each with a request of its own
     * @param together all of them at once
     */
    record Subordinates(String customerId, List<SubordinateLine> lines, Request together, Position end)
            implements Work {}

    /** A line with a subordinate, and the request that registers only this one. */
    record SubordinateLine(SourceLine line, Request alone) {}

    /** A line that cannot be sent. */
    record Unusable(SourceLine line, Optional<String> customerId, Optional<String> field, String message, Position end)
            implements Work {}
}
