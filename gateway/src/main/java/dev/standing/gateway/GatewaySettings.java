package dev.standing.gateway;

import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Setting;
import dev.standing.service.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * The gateway's own settings.
 *
 * @param host the address that it listens on
 * @param port the port that it listens on; 0: any free one
 * @param replyTimeout how long a result is waited for
 * @param maxBodyBytes the longest body of a request, in bytes
 * @param maxWaiting the most requests that wait for their results at a time
 * @param maxThreads the most threads that serve HTTP; none is held by a request that waits
 */
public record GatewaySettings(
        String host, int port, Duration replyTimeout, int maxBodyBytes, int maxWaiting, int maxThreads) {

    /** The address to listen on. */
    public static final Setting<String> HOST = Setting.text(
            "gateway.host", "127.0.0.1", "Address to listen on; anyone who can reach it can change customers");

    /** The port to listen on. */
    public static final Setting<Integer> PORT =
            Setting.port("gateway.port", 8080, "Port to listen on; 0: any free one");

    /** How long a result is waited for. */
    public static final Setting<Duration> REPLY_TIMEOUT = Setting.duration(
            "gateway.reply.timeout", Duration.ofSeconds(10), "How long a result is waited for before 202 is answered");

    /** The longest body. */
    public static final Setting<Integer> MAX_BODY_BYTES = Setting.integer(
            "gateway.max.body.bytes", 1_048_576, 1, 64 * 1_048_576, "The longest body of a request, in bytes");

    /** The most requests that wait. */
    public static final Setting<Integer> MAX_WAITING = Setting.integer(
            "gateway.max.waiting", 10_000, 1, 1_000_000, "Requests that wait for results at a time; 503 beyond");

    /** The most threads. */
    public static final Setting<Integer> MAX_THREADS =
            Setting.integer("gateway.max.threads", 32, 8, 1_000, "Threads that serve HTTP, at most");

    /** All of them, for help texts. */
    public static final List<Setting<?>> ALL =
            List.of(HOST, PORT, REPLY_TIMEOUT, MAX_BODY_BYTES, MAX_WAITING, MAX_THREADS);

    /** What the names of all of them begin with. */
    public static final String PREFIX = "gateway.";

    private static final Duration MAX_REPLY_TIMEOUT = Duration.ofMinutes(10);

    /**
     * Reads them.
     *
     * @throws InvalidSettingsException if one is unknown, malformed or out of range
     */
    public static GatewaySettings from(Settings settings) {
        settings.requireKnown(PREFIX, ALL, List.of());
        Duration replyTimeout = settings.get(REPLY_TIMEOUT);
        if (replyTimeout.toMillis() < 1 || replyTimeout.compareTo(MAX_REPLY_TIMEOUT) > 0) {
            throw new InvalidSettingsException(REPLY_TIMEOUT.name() + " must lie between PT0.001S and "
                    + MAX_REPLY_TIMEOUT + ", not " + replyTimeout);
        }
        return new GatewaySettings(
                settings.get(HOST),
                settings.get(PORT),
                replyTimeout,
                settings.get(MAX_BODY_BYTES),
                settings.get(MAX_WAITING),
                settings.get(MAX_THREADS));
    }
}
