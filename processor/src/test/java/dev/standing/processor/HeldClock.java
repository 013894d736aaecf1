package dev.standing.processor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A clock that runs as fast as the system's, and can be held: then nothing more falls due. Safe for use by many threads. */
final class HeldClock implements InstantSource {

    private Duration behind = Duration.ZERO;
    private Optional<Instant> heldAt = Optional.empty();

    @Override
    public synchronized Instant instant() {
        return heldAt.orElseGet(() -> Instant.now().minus(behind));
    }

    /** It stands still until it is let go. */
    synchronized void hold() {
        heldAt = Optional.of(instant());
    }

    /** It goes on from where it was held. */
    synchronized void letGo() {
        behind = heldAt.map(held -> Duration.between(held, Instant.now())).orElse(behind);
        heldAt = Optional.empty();
    }
}
