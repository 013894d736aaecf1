package dev.standing.gateway.reply;

import java.time.Duration;
import java.util.Optional;

/**
 * What a command is sent with.
 *
 * @param traceparent the W3C trace context to pass on
 * @param patience how long its result is waited for, if that is shorter than usual, counted from when Kafka has the
 *     command at the earliest; zero: it is not waited for at all, only for Kafka
 */
public record Delivery(Optional<String> traceparent, Optional<Duration> patience) {

    /** A delivery whose result is waited for as long as usual. */
    public static Delivery patient(Optional<String> traceparent) {
        return new Delivery(traceparent, Optional.empty());
    }
}
