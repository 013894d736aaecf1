package dev.standing.gateway.reply;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Kafka confirms what it is sent. While it confirms nothing at all, those who want to send are turned away at
 * once, so that nobody has to wait for what will not come; one is let through now and then, and the first confirmation
 * lets everybody in again. Safe for use by many threads.
 */
final class Confirmations {

    /** So long nothing is confirmed though something was sent: as long as one request to Kafka may take. */
    static final Duration SILENCE = Duration.ofSeconds(3);

    /** One is let through in so much time. */
    static final Duration TRIAL = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

    private final LongSupplier nanoTime;
    private int outstanding;
    private long lastConfirmation;
    private boolean away;
    private long nextTrial;

    /** When the latest confirmation was, or else the first of those that are outstanding was sent. */
    private long quietSince;

    /** Makes one that takes Kafka to be there. */
    Confirmations(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastConfirmation = nanoTime.getAsLong();
    }

    /** Whether something may be sent now. Whoever is told so is to send. */
    synchronized boolean admits() {
        long now = nanoTime.getAsLong();
        if (outstanding > 0 && now - quietSince >= SILENCE.toNanos()) {
            leave(now);
        }
        if (!away) {
            return true;
        }
        boolean trial = now - nextTrial >= 0;
        if (trial) {
            nextTrial = now + TRIAL.toNanos();
        }
        return trial;
    }

    /** Something is about to be sent. Its end is to be told, once. */
    synchronized Sending send() {
        long now = nanoTime.getAsLong();
        if (outstanding == 0) {
            quietSince = now;
        }
        outstanding++;
        return new Sending(now);
    }

    /** Kafka is not there; that of which it is known already is not told again. */
    private void leave(long now) {
        if (!away) {
            LOG.warn("Kafka confirms no commands: requests are turned away until it does");
            away = true;
            nextTrial = now + TRIAL.toNanos();
        }
    }

    /** Something that is sent. */
    final class Sending {

        private final long begun;

        private Sending(long begun) {
            this.begun = begun;
        }

        /** Kafka has it. */
        void confirmed() {
            synchronized (Confirmations.this) {
                outstanding--;
                lastConfirmation = nanoTime.getAsLong();
                quietSince = lastConfirmation;
                if (away) {
                    LOG.info("Kafka confirms commands again");
                    away = false;
                }
            }
        }

        /**
         * It failed. Kafka is not there if nothing that it was sent since has been confirmed either; what it refuses for
         * good tells nothing.
         */
        void failed(Exception failure) {
            synchronized (Confirmations.this) {
                outstanding--;
                if (failure instanceof RetriableException && lastConfirmation - begun <= 0) {
                    leave(nanoTime.getAsLong());
                }
            }
        }
    }
}
