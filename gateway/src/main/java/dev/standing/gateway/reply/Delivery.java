package dev.standing.gateway.reply;

import java.time.Duration;
import java.util.Optional;

/**
 * What a command is sent with.
 *
 * @param traceparent the W3C trace context to pass on
 * @param patience how long its result is waited for, if that is shorter than usual; zero: not at all. That Kafka has the
 *     command is waited for in any case
 */
public record Delivery(Optional<String> traceparent, Optional<Duration> patience) {

    /** A delivery whose result is waited for as long as usual. */
    public static Delivery patient(Optional<String> traceparent) {
        return new Delivery(traceparent, Optional.empty());
    }
}
