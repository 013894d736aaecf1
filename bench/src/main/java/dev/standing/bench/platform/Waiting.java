package dev.standing.bench.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits, for as long as it takes. */
public final class Waiting {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Waiting() {}

    /**
     * Until something is so.
     *
     * @throws IllegalStateException if it is not so within the time
     */
    public static void until(String what, Duration within, BooleanSupplier isSo) {
        long end = System.nanoTime() + within.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("Waited for " + within.toSeconds() + " s until " + what + ", in vain");
            }
            sleep(BETWEEN_LOOKS);
        }
    }

    /** Until then by the clock of the system. */
    public static void until(Instant then) {
        sleep(Duration.between(Instant.now(), then));
    }

    /** For so long; not at all, if it is below zero. */
    public static void sleep(Duration duration) {
        try {
            Thread.sleep(Math.max(0, duration.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while measuring", e);
        }
    }
}
