package dev.standing.domain.decision;

import dev.standing.domain.customer.Customer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The time of a decision ({@code semantics.md} section 4). */
public final class Now {

    private Now() {}

    /** The clock's time, to the millisecond, but never before the customer's last event. */
    public static Instant of(Optional<Customer> customer, Instant clock) {
        Instant millis = clock.truncatedTo(ChronoUnit.MILLIS);
        return customer.map(Customer::recordedAt).filter(millis::isBefore).orElse(millis);
    }
}
