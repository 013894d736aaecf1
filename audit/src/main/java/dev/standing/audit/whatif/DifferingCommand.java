package dev.standing.audit.whatif;

import dev.standing.audit.log.Place;
import java.time.Instant;

/**
 * A command whose answer would be another.
 *
 * @param place where the command lies
 * @param customerId its customer
 * @param commandId its id
 * @param decidedAt when it was decided
 * @param was the answer as recorded: a status, or REJECTED and a code
 * @param would the answer that it would have had
 */
public record DifferingCommand(
        Place place, String customerId, String commandId, Instant decidedAt, String was, String would) {

    /** From which answer to which. */
    String change() {
        return was + " -> " + would;
    }
}
