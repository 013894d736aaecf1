package dev.standing.embedded;

import dev.standing.embedded.registry.RegistryServer;
import io.javalin.util.JavalinBindException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry inside this JVM, <strong>for local use and for tests only</strong>: it has no authentication, no
 * second node and nobody to guarantee for it.
 *
 * <p>It answers a subset of Confluent's Schema Registry REST API, with its content type and its error codes, for Avro
 * schemas with references: subjects, versions, look-ups, ids, guids, deletion (soft and permanent), compatibility levels
 * global and by subject, compatibility checks. It has one mode, READWRITE, and no contexts, rules, metadata, aliases or
 * other schema types; requests for these are refused rather than half done.
 *
 * <p>All it knows are records on the compacted topic {@code _schemas}, in the JSON of Confluent's own registry. A write
 * is answered when it was read back from there. There must be one registry for a Kafka, not two.
 *
 * <p>It listens on loopback only. All methods may be called from any thread.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final String PURPOSE = "Schema registry";
    private static final String HOST = "127.0.0.1";

    private final RegistryServer server;

    private EmbeddedRegistry(RegistryServer server) {
        this.server = server;
    }

    /**
     * Starts a registry on what the topic has, creating the topic if it is missing.
     *
     * @param bootstrapServers the Kafka that keeps the schemas
     * @param port the port for HTTP, 0 to 65535; 0 chooses a free one
     * @return a registry that answers
     * @throws PortTakenException if the port is taken
     * @throws IllegalStateException if Kafka does not answer within 30 s, or its topic {@code _schemas} is not compacted
     *     or has records that cannot be read
     */
    public static EmbeddedRegistry start(String bootstrapServers, int port) {
        if (port != 0) {
            // Before the topic is created; Jetty would find out last.
            LoopbackPorts.free(PURPOSE, HOST, port);
        }
        try {
            EmbeddedRegistry registry = new EmbeddedRegistry(RegistryServer.start(bootstrapServers, HOST, port));
            LOG.info("Schema registry for local use and tests only, a subset of Confluent's API: {}", registry.url());
            return registry;
        } catch (JavalinBindException e) {
            throw new PortTakenException(PURPOSE, port, e);
        }
    }

    /**
     * Where clients find it.
     *
     * @return the value of their {@code schema.registry.url}
     */
    public String url() {
        return "http://" + HOST + ":" + port();
    }

    /**
     * The port for HTTP.
     *
     * @return the port asked for, or the one chosen for 0
     */
    public int port() {
        return server.port();
    }

    /** Stops to answer, then lets go of Kafka; within about 10 s. To be closed before the broker. */
    @Override
    public void close() {
        server.close();
    }
}
