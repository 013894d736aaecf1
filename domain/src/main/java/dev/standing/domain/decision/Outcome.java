package dev.standing.domain.decision;

import dev.standing.domain.command.Rejection;
import dev.standing.domain.customer.Customer;
import java.time.Instant;
import java.util.Optional;

/**
 * The answer to a command.
 *
 * @param status what became of it
 * @param rejection why it was turned down; present exactly when the status is REJECTED
 * @param policyVersion the version of the policy that decided
 * @param decidedAt when it was decided
 * @param customer the customer after the decision; empty where there is none
 */
public record Outcome(
        OutcomeStatus status,
        Optional<Rejection> rejection,
        String policyVersion,
        Instant decidedAt,
        Optional<Customer> customer) {

    /** Holds status and rejection together. */
    public Outcome {
        if (rejection.isPresent() != (status == OutcomeStatus.REJECTED)) {
            throw new IllegalArgumentException("A rejection belongs to the status REJECTED, and to no other");
        }
    }
}
