package dev.standing.embedded.registry;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A registry over Kafka that answers HTTP. The only way into this package. */
public final class RegistryServer implements AutoCloseable {

    private static final int MOST_THREADS = 16;
    private static final int FEWEST_THREADS = 2;

    private final SchemaLog log;
    private final Javalin http;

    private RegistryServer(SchemaLog log, Javalin http) {
        this.log = log;
        this.http = http;
    }

    /**
     * Reads what the registry knows from Kafka, then answers.
     *
     * @param bootstrapServers the Kafka that has, or is to have, the topic {@code _schemas}
     * @param host the address to bind to
     * @param port the port; 0 lets the operating system choose
     * @return a server that answers
     * @throws IllegalStateException if the topic cannot be used
     * @throws io.javalin.util.JavalinBindException if the port is taken
     */
    public static RegistryServer start(String bootstrapServers, String host, int port) {
        RegistryState state = new RegistryState();
        SchemaLog log = SchemaLog.open(bootstrapServers, state::apply);
        try {
            RegistryRoutes routes = new RegistryRoutes(new SchemaRegistry(state, log));
            Javalin http = Javalin.create(config -> configure(config, routes)).start(host, port);
            return new RegistryServer(log, http);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private static void configure(JavalinConfig config, RegistryRoutes routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
        threads.setName("embedded-registry-http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        // Any other limit makes Jetty wait for idle connections that clients keep, and then fail for want of time.
        config.jetty.modifyServer(server -> server.setStopTimeout(0));
        routes.addTo(config.routes);
    }

    /**
     * Where it listens.
     *
     * @return the port
     */
    public int port() {
        return http.port();
    }

    /** Stops to answer, also what is being asked, then lets go of Kafka; within about 10 s. */
    @Override
    public void close() {
        try {
            http.stop();
        } finally {
            log.close();
        }
    }
}
