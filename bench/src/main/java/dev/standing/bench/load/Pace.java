package dev.standing.bench.load;

import java.util.concurrent.TimeUnit;

/**
 * When each of a steady flow of commands is due to be sent, whatever became of those before it.
 *
 * @param startNanos when the first one is, by {@link System#nanoTime}
 * @param perSecond how many are in each second; above zero
 */
public record Pace(long startNanos, int perSecond) {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Checks the rate. */
    public Pace {
        if (perSecond <= 0) {
            throw new IllegalArgumentException("At least one command a second is needed, not " + perSecond);
        }
    }

    /** When the nth command is due, the first being 0, by {@link System#nanoTime}. */
    public long due(long nth) {
        return startNanos + nth / perSecond * SECOND + nth % perSecond * SECOND / perSecond;
    }
}
