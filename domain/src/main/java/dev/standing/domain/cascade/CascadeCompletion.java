package dev.standing.domain.cascade;

import dev.standing.domain.customer.Customer;
import dev.standing.domain.decision.Now;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.policy.Policy;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells that a cascade has reached all that it covers ({@code semantics.md} section 7). Safe for use by many threads.
 */
public final class CascadeCompletion {

    private final Policy policy;

    /** Under this policy, whose version the events carry. */
    public CascadeCompletion(Policy policy) {
        this.policy = policy;
    }

    /**
     * The customer's next event. It settles nothing: what is due stays due.
     *
     * @param customer the cascade's customer, as it is now
     * @param count what the cascade has reached
     * @param clock the processor's clock
     */
    public Event completed(Customer customer, Cascade cascade, CascadeCount count, Instant clock) {
        return new Event(
                customer.customerId(),
                customer.sequence() + 1,
                Now.of(Optional.of(customer), clock),
                cascade.origin(),
                policy.version(),
                new CascadeCompleted(cascade.causeSequence(), cascade.changeId(), count.updated(), count.skipped()));
    }
}
