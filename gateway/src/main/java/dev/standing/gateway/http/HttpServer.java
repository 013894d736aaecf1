package dev.standing.gateway.http;

import dev.standing.gateway.metrics.GatewayMetrics;
import dev.standing.service.health.HealthRoutes;
import dev.standing.service.metrics.ServiceMetrics;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server, which listens from its start until it is closed. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int MIN_THREADS = 4;

    /** How long a connection on which nothing happens is kept while the server stops. */
    private static final Duration IDLE_AT_STOP = Duration.ofMillis(50);

    /**
     * An id in a path may hold anything, escaped. Jetty refuses what could be taken for another path once it is decoded;
     * here routes are found by the path as it was sent, and each segment is decoded on its own, once.
     */
    private static final UriCompliance SEGMENTS_HOLD_ANYTHING = UriCompliance.DEFAULT.with(
            "SEGMENTS_HOLD_ANYTHING",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

    /** Thousands may come at once, and the operating system turns away those who find no place. */
    private static final int WAITING_TO_CONNECT = 1_024;

    private static final String EVENT_STREAM = "text/event-stream";

    /** Clients may use any name that leads here: whether it is the certificate's is for them to check. */
    private static final boolean ANY_NAME = false;

    private final Javalin javalin;
    private final Optional<TlsIdentity> tls;

    private HttpServer(Javalin javalin, Optional<TlsIdentity> tls) {
        this.javalin = javalin;
        this.tls = tls;
    }

    /**
     * Starts a server.
     *
     * @param entrance who may in
     * @param routes what answers which requests
     * @param obstacles what keeps the service from doing its work, for readiness; empty: nothing
     * @param serviceMetrics is shown at its path
     * @param metrics is told of every request that was answered
     * @throws PortUnavailableException if it cannot listen
     * @throws dev.standing.service.settings.InvalidSettingsException if the files of TLS are not what they should be
     */
    public static HttpServer start(
            HttpServerSettings settings,
            Entrance entrance,
            List<Route> routes,
            Supplier<List<String>> obstacles,
            ServiceMetrics serviceMetrics,
            GatewayMetrics metrics) {
        QueuedThreadPool threads = new QueuedThreadPool(settings.maxThreads(), MIN_THREADS);
        threads.setName("gateway-http");
        BodyRoom room = new BodyRoom(settings.bodyMemoryBytes(), entrance, routes);
        metrics.watchBodyMemory(room::taken);
        BodyMemory answers = new BodyMemory(settings.bodyMemoryBytes());
        HttpCalls calls = new HttpCalls(
                settings.maxBodyBytes(), answers, entrance, new IdleClock(settings.idleTimeout()), threads);
        Optional<TlsIdentity> tls = settings.tls().map(TlsIdentity::open);
        Javalin javalin = Javalin.create(config -> {
            server(config, settings, room, threads);
            config.jetty.addConnector((server, http) -> connector(server, http, settings, tls));
            calls.addTo(config, routes);
            HealthRoutes.add(config, obstacles);
            serviceMetrics.addTo(config);
            config.requestLogger.http((context, millis) -> answered(context, millis, metrics));
        });
        boolean started = false;
        try {
            HttpServer server = new HttpServer(javalin.start(settings.host(), settings.port()), tls);
            started = true;
            return server;
        } catch (JavalinBindException e) {
            throw new PortUnavailableException(settings.host(), settings.port(), e);
        } finally {
            if (!started) {
                tls.ifPresent(TlsIdentity::close);
            }
        }
    }

    private static Connector connector(
            Server server, HttpConfiguration http, HttpServerSettings settings, Optional<TlsIdentity> tls) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = tls.map(identity -> {
                    http.addCustomizer(new SecureRequestCustomizer(ANY_NAME));
                    SslConnectionFactory secure = new SslConnectionFactory(identity.factory(), plain.getProtocol());
                    return new ServerConnector(server, secure, plain);
                })
                .orElseGet(() -> new ServerConnector(server, plain));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        connector.setAcceptQueueSize(WAITING_TO_CONNECT);
        return connector;
    }

    private static void answered(Context context, float millis, GatewayMetrics metrics) {
        Optional<String> route =
                Optional.ofNullable(context.endpoints().matchedHttpEndpoint()).map(matched -> matched.path);
        if (EVENT_STREAM.equals(context.res().getContentType())) {
            // That it ended says nothing of how fast it was answered.
            return;
        }
        Duration took = Duration.ofNanos((long) (millis * 1_000_000));
        metrics.requestAnswered(context.req().getMethod(), route, context.statusCode(), took);
    }

    private static void server(
            JavalinConfig config, HttpServerSettings settings, BodyRoom room, QueuedThreadPool threads) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.threadPool = threads;
        JettyProblems problems = new JettyProblems();
        config.jetty.modifyServer(server -> {
            server.insertHandler(new GracefulHandler());
            // Before the other: when the server stops, bodies that have not arrived are not waited for.
            server.insertHandler(new EagerContentHandler(WholeBody.upTo(settings.maxBodyBytes(), room)));
            server.insertHandler(new Envelope());
            server.addBean(new NetworkConnectionLimit(settings.maxConnections(), server));
            server.setStopTimeout(settings.stopTimeout().toMillis());
            server.setErrorHandler(problems);
        });
        config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(SEGMENTS_HOLD_ANYTHING));
        config.jetty.modifyServletContextHandler(handler -> {
            handler.setErrorHandler(problems);
            handler.addEventListener(new Envelope.Tagging());
            handler.getServletHandler().setDecodeAmbiguousURIs(true);
        });
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Takes no more connections; what is connected goes on. */
    public void stopAccepting() {
        for (Connector connector : javalin.jettyServer().server().getConnectors()) {
            if (connector instanceof AbstractNetworkConnector network) {
                network.setShutdownIdleTimeout(IDLE_AT_STOP.toMillis());
                network.close();
            }
        }
    }

    /** Lets answers that are under way go out, for the settings' time at most, and ends. */
    @Override
    public void close() {
        try {
            javalin.stop();
        } catch (JavalinException e) {
            LOG.warn("The HTTP server did not stop cleanly", e);
        }
        tls.ifPresent(TlsIdentity::close);
    }
}
