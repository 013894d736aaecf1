package dev.standing.domain.customer;

import java.time.Instant;
import java.util.Objects;

/**
 * A state, why it holds, and from when.
 *
 * @param state the state
 * @param reason the code of a reason that the policy configures for the state
 * @param validFrom the instant from which it holds, as it was given
 */
public record StateValue(CustomerState state, String reason, Instant validFrom) {

    /** Refuses nulls. */
    public StateValue {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(validFrom, "validFrom");
    }
}
