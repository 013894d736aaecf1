package dev.standing.gateway.feed;

import java.time.Duration;

/**
 * How the live feed is bounded.
 *
 * @param maxStreams the most followers at a time; more than zero
 * @param recentEvents the most events that are kept in memory for all followers together; more than zero
 * @param recentBytes about how much memory these may take, in bytes; more than zero
 * @param readers the most threads, each with a consumer, that read older events for followers; more than zero
 * @param heartbeat how long a follower hears nothing; more than zero, and well below the idle timeout of its connection
 * @param patience how long a client may take nothing of what waits for it, before it is dropped; more than zero
 * @param linger how long the log is read on when the last follower has gone
 */
public record FeedSettings(
        int maxStreams,
        int recentEvents,
        int recentBytes,
        int readers,
        Duration heartbeat,
        Duration patience,
        Duration linger) {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LINGER = Duration.ofMinutes(1);

    /** Those that are configured, with times that suit any deployment. */
    public FeedSettings(int maxStreams, int recentEvents, int recentBytes, int readers) {
        this(maxStreams, recentEvents, recentBytes, readers, HEARTBEAT, PATIENCE, LINGER);
    }
}
