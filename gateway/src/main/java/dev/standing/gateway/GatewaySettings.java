package dev.standing.gateway;

import dev.standing.gateway.access.AccessSettings;
import dev.standing.gateway.feed.FeedSettings;
import dev.standing.gateway.http.TlsFiles;
import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Setting;
import dev.standing.service.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The gateway's own settings.
 *
 * @param host the address that it listens on
 * @param port the port that it listens on; 0: any free one
 * @param access who is let in
 * @param tls empty: HTTP without TLS
 * @param replyTimeout how long a result is waited for
 * @param maxBodyBytes the longest body of a request, in bytes
 * @param maxWaiting the most requests that wait for their results at a time
 * @param bodyMemoryBytes how much the bodies of requests together may hold at a time; the same for large answers
 * @param maxConnections the most connections at a time
 * @param maxThreads the most threads that serve HTTP; none is held by a request that waits
 * @param processors the base URLs of processors that answer queries, without a slash at the end; at least one
 * @param queryTimeout how long the answer to a query is waited for
 * @param maxQueries the most queries that wait for their answers at a time
 * @param feed how the live feed is bounded
 */
public record GatewaySettings(
        String host,
        int port,
        AccessSettings access,
        Optional<TlsFiles> tls,
        Duration replyTimeout,
        int maxBodyBytes,
        int maxWaiting,
        int bodyMemoryBytes,
        int maxConnections,
        int maxThreads,
        List<URI> processors,
        Duration queryTimeout,
        int maxQueries,
        FeedSettings feed) {

    /** The address to listen on. */
    public static final Setting<String> HOST = Setting.text("gateway.host", "127.0.0.1", "Address to listen on");

    /** The port to listen on. */
    public static final Setting<Integer> PORT =
            Setting.port("gateway.port", 8080, "Port to listen on; 0: any free one");

    /** The certificate of TLS. */
    public static final Setting<Optional<Path>> TLS_CERTIFICATE = Setting.optionalPath(
            "gateway.tls.certificate", "PEM file of the certificate chain; with it, the gateway speaks TLS only");

    /** The key of TLS. */
    public static final Setting<Optional<Path>> TLS_KEY =
            Setting.optionalPath("gateway.tls.key", "PEM file of the certificate's private key");

    /** How long a result is waited for. */
    public static final Setting<Duration> REPLY_TIMEOUT = Setting.duration(
            "gateway.reply.timeout", Duration.ofSeconds(10), "How long a result is waited for before 202 is answered");

    /** The longest body. */
    public static final Setting<Integer> MAX_BODY_BYTES = Setting.integer(
            "gateway.max.body.bytes", 1_048_576, 1, 64 * 1_048_576, "The longest body of a request, in bytes");

    /** The most requests that wait. */
    public static final Setting<Integer> MAX_WAITING = Setting.integer(
            "gateway.max.waiting", 10_000, 1, 1_000_000, "Requests that wait for results at a time; 503 beyond");

    /** The memory of all bodies. */
    public static final Setting<Integer> BODY_MEMORY = Setting.integer(
            "gateway.body.memory",
            64 * 1_048_576,
            1_048_576,
            Integer.MAX_VALUE,
            "Bytes that bodies of requests may hold at a time, and large answers; 503 beyond");

    /** The most connections. */
    public static final Setting<Integer> MAX_CONNECTIONS = Setting.integer(
            "gateway.max.connections", 20_000, 1, 1_000_000, "Connections at a time; who comes then has to wait");

    /** The most threads. */
    public static final Setting<Integer> MAX_THREADS =
            Setting.integer("gateway.max.threads", 32, 8, 1_000, "Threads that serve HTTP, at most");

    /** Who answers queries. */
    public static final Setting<String> PROCESSORS = Setting.text(
            "gateway.processors",
            "http://127.0.0.1:8082",
            "URLs of processors that are asked about customers, separated by commas");

    /** How long an answer to a query is waited for. */
    public static final Setting<Duration> QUERY_TIMEOUT = Setting.duration(
            "gateway.query.timeout", Duration.ofSeconds(5), "How long processors are asked before 503 is answered");

    /** The most queries. */
    public static final Setting<Integer> MAX_QUERIES = Setting.integer(
            "gateway.max.queries", 500, 1, 100_000, "Queries that processors are asked at a time; 503 beyond");

    /** The most followers. */
    public static final Setting<Integer> FEED_STREAMS = Setting.integer(
            "gateway.feed.max.streams", 1_000, 1, 100_000, "Clients that follow the live feed at a time; 503 beyond");

    /** The events in memory. */
    public static final Setting<Integer> FEED_EVENTS = Setting.integer(
            "gateway.feed.recent.events", 10_000, 1, 1_000_000, "Recent events that are kept for all followers");

    /** The memory of these events. */
    public static final Setting<Integer> FEED_BYTES = Setting.integer(
            "gateway.feed.recent.bytes", 16 * 1_048_576, 1, 1_024 * 1_048_576, "Bytes that recent events may take");

    /** Who reads older events. */
    public static final Setting<Integer> FEED_READERS = Setting.integer(
            "gateway.feed.readers", 4, 1, 64, "Threads that read older events for those who are behind");

    private static final List<Setting<?>> OWN = List.of(
            HOST,
            PORT,
            TLS_CERTIFICATE,
            TLS_KEY,
            REPLY_TIMEOUT,
            MAX_BODY_BYTES,
            MAX_WAITING,
            BODY_MEMORY,
            MAX_CONNECTIONS,
            MAX_THREADS,
            PROCESSORS,
            QUERY_TIMEOUT,
            MAX_QUERIES,
            FEED_STREAMS,
            FEED_EVENTS,
            FEED_BYTES,
            FEED_READERS);

    /** All of them, for help texts. */
    public static final List<Setting<?>> ALL =
            Stream.concat(OWN.stream(), AccessSettings.ALL.stream()).toList();

    /** What the names of all of them begin with. */
    public static final String PREFIX = "gateway.";

    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    private static final int MAX_PORT = 65_535;

    /**
     * Reads them.
     *
     * @throws InvalidSettingsException if one is unknown, malformed or out of range
     */
    public static GatewaySettings from(Settings settings) {
        settings.requireKnown(PREFIX, ALL, List.of());
        if (settings.get(BODY_MEMORY) <= settings.get(MAX_BODY_BYTES)) {
            throw new InvalidSettingsException(BODY_MEMORY.name() + " must be more than " + MAX_BODY_BYTES.name()
                    + ", or the longest body could never be taken");
        }
        return new GatewaySettings(
                settings.get(HOST),
                settings.get(PORT),
                AccessSettings.from(settings),
                tls(settings),
                timeout(settings, REPLY_TIMEOUT),
                settings.get(MAX_BODY_BYTES),
                settings.get(MAX_WAITING),
                settings.get(BODY_MEMORY),
                settings.get(MAX_CONNECTIONS),
                settings.get(MAX_THREADS),
                processors(settings.get(PROCESSORS)),
                timeout(settings, QUERY_TIMEOUT),
                settings.get(MAX_QUERIES),
                new FeedSettings(
                        settings.get(FEED_STREAMS),
                        settings.get(FEED_EVENTS),
                        settings.get(FEED_BYTES),
                        settings.get(FEED_READERS)));
    }

    private static Optional<TlsFiles> tls(Settings settings) {
        Optional<Path> certificate = settings.get(TLS_CERTIFICATE);
        Optional<Path> key = settings.get(TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new InvalidSettingsException(
                    TLS_CERTIFICATE.name() + " and " + TLS_KEY.name() + " go together: give both, or neither");
        }
        return certificate.map(chain -> new TlsFiles(chain, key.orElseThrow()));
    }

    private static Duration timeout(Settings settings, Setting<Duration> setting) {
        Duration timeout = settings.get(setting);
        if (timeout.toMillis() < 1 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new InvalidSettingsException(
                    setting.name() + " must lie between PT0.001S and " + MAX_TIMEOUT + ", not " + timeout);
        }
        return timeout;
    }

    private static List<URI> processors(String urls) {
        List<URI> processors = Arrays.stream(urls.split(","))
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .map(GatewaySettings::processor)
                .toList();
        if (processors.isEmpty()) {
            throw new InvalidSettingsException(PROCESSORS.name() + " must name at least one URL");
        }
        return processors;
    }

    private static URI processor(String url) {
        return uri(url.replaceAll("/+$", ""))
                .filter(GatewaySettings::isBase)
                .orElseThrow(() -> new InvalidSettingsException(PROCESSORS.name()
                        + " must be URLs like http://processor-1:8082, separated by commas, not \"" + url + "\""));
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isBase(URI uri) {
        return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null
                && uri.getPort() <= MAX_PORT
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }
}
