package dev.standing.domain.policy;

import dev.standing.domain.customer.CustomerState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The configured rules ({@code semantics.md} section 1). {@link PolicyFile} reads and checks one.
 *
 * @param version names this policy in every event and result
 * @param states the rules of every state; immutable
 * @param unknownCustomer what becomes of a change for a customer that was never registered
 * @param planning the rules of planned changes
 * @param idempotencyRetention how long a decided request is remembered; more than zero
 */
public record Policy(
        String version,
        Map<CustomerState, StatePolicy> states,
        UnknownCustomer unknownCustomer,
        PlanningPolicy planning,
        Duration idempotencyRetention) {

    /** How long a request is remembered where the policy does not say. */
    public static final Duration DEFAULT_IDEMPOTENCY_RETENTION = Duration.ofDays(7);

    /** Keeps a copy of the states, of which none may be missing. */
    public Policy {
        states = Map.copyOf(new EnumMap<>(states));
        for (CustomerState state : CustomerState.values()) {
            if (!states.containsKey(state)) {
                throw new IllegalArgumentException("The policy " + version + " says nothing of " + state);
            }
        }
    }

    /** The rules of a state. */
    public StatePolicy of(CustomerState state) {
        return states.get(state);
    }
}
