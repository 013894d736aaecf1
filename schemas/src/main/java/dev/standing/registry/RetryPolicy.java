package dev.standing.registry;

import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how long to wait when no URL gave an answer.
 *
 * @param retries rounds over all URLs after the first
 * @param firstMillis the first wait, in milliseconds
 * @param maxMillis the longest wait, in milliseconds
 */
public record RetryPolicy(int retries, long firstMillis, long maxMillis) {

    /**
     * The wait before the next round: what the registry asked for, or else a doubling wait, of which up to a half is taken off at random so
     * that many clients do not come back at once. Never more than the longest.
     */
    long pauseMillis(int round, OptionalLong retryAfterMillis) {
        if (retryAfterMillis.isPresent()) {
            return Math.min(retryAfterMillis.getAsLong(), maxMillis);
        }
        long full = Math.min(firstMillis << Math.min(round, 20), maxMillis);
        return full - ThreadLocalRandom.current().nextLong(full / 2 + 1);
    }
}
