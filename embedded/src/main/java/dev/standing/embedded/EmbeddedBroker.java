package dev.standing.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker (KRaft, broker and controller in one node) inside this JVM, for local use and for tests.
 *
 * <p>It listens on loopback only, asks nobody for a password and keeps one copy of its data. The data survives a
 * restart, also after the process was killed, and also with other ports. While it runs, the data directory is locked
 * with a {@link DataDirectoryLock}.
 *
 * <p>Kafka ends the JVM when it cannot go on. As long as a broker of this class has been started in the JVM, that is
 * reported to the broker's failure listener instead; the broker is then of no further use and is to be closed.
 *
 * <p>No shutdown hook is installed. Close first what uses the broker, then the broker. All methods may be called from
 * any thread.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String CLIENT_PURPOSE = "Kafka";
    private static final String CONTROLLER_PURPOSE = "Kafka controller";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final String host;
    private final int port;
    private final DataDirectoryLock lock;
    private final ThreadGroup threads;
    private final Consumer<BrokerFailedException> onFailure;
    private final AtomicReference<BrokerFailedException> failure = new AtomicReference<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final KafkaNode node;

    private EmbeddedBroker(
            BrokerSettings settings,
            int port,
            int controllerPort,
            DataDirectoryLock lock,
            Consumer<BrokerFailedException> onFailure) {
        this.host = settings.host();
        this.port = port;
        this.lock = lock;
        this.onFailure = onFailure;
        this.threads = new ThreadGroup("embedded-kafka-" + port);
        Properties properties = BrokerConfiguration.properties(settings, port, controllerPort);
        KafkaExits.tell(threads, this::failed);
        try {
            KafkaNode.formatIfNew(settings.dataDirectory());
            this.node = KafkaNode.start(properties, threads, START_LIMIT);
            started.set(true);
        } catch (BrokerFailedException e) {
            KafkaExits.forget(threads);
            throw e;
        }
    }

    /**
     * Starts a broker whose later failure, should there be one, is logged and shown by {@link #failure()}.
     *
     * @param settings where, and on which port
     * @return a broker that serves clients
     * @throws PortTakenException if the port is taken; found out before anything is written
     * @throws DataDirectoryLockedException if the data directory is in use
     * @throws BrokerFailedException if Kafka cannot start on the directory, or not within 60 s
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        return start(settings, failure -> {});
    }

    /**
     * Starts a broker.
     *
     * @param settings where, and on which port
     * @param onFailure called at most once, on a thread of its own, if the broker stops itself after it was started; it
     *     may close the broker
     * @return a broker that serves clients
     * @throws PortTakenException if the port is taken; found out before anything is written
     * @throws DataDirectoryLockedException if the data directory is in use
     * @throws BrokerFailedException if Kafka cannot start on the directory, or not within 60 s
     */
    public static EmbeddedBroker start(BrokerSettings settings, Consumer<BrokerFailedException> onFailure) {
        return start(settings, 0, onFailure);
    }

    /** As {@link #start(BrokerSettings, Consumer)}, with a port for the controller, of which 0 chooses a free one. */
    static EmbeddedBroker start(
            BrokerSettings settings, int controllerPort, Consumer<BrokerFailedException> onFailure) {
        int port = LoopbackPorts.free(CLIENT_PURPOSE, settings.host(), settings.port());
        DataDirectoryLock lock = DataDirectoryLock.acquire(settings.dataDirectory());
        try {
            int chosen = LoopbackPorts.free(CONTROLLER_PURPOSE, settings.host(), controllerPort);
            EmbeddedBroker broker = new EmbeddedBroker(settings, port, chosen, lock, onFailure);
            LOG.info("Kafka serves {} from {}", broker.bootstrapServers(), lock.directory());
            return broker;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * How brokers of this class are set, beyond who and where they are, so that a broker elsewhere can be made to behave
     * alike.
     *
     * @return settings of {@code server.properties} and their values
     */
    public static Map<String, String> behaviour() {
        return BrokerConfiguration.behaviour();
    }

    /**
     * Where clients connect.
     *
     * @return host and port, as {@code bootstrap.servers} takes them
     */
    public String bootstrapServers() {
        return host + ":" + port;
    }

    /**
     * The port for clients.
     *
     * @return the port asked for, or the one chosen for 0
     */
    public int port() {
        return port;
    }

    /**
     * Where the data is.
     *
     * @return the real path of the data directory
     */
    public Path dataDirectory() {
        return lock.directory();
    }

    /**
     * Why the broker stopped itself.
     *
     * @return empty as long as it did not
     */
    public Optional<BrokerFailedException> failure() {
        return Optional.ofNullable(failure.get());
    }

    /**
     * Stops the broker in order and waits for it, 20 s at most. Without effect the second time.
     *
     * <p>If Kafka does not stop in time, which is logged, the data directory stays locked until this process ends:
     * Kafka may still write to it.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // A caller that is interrupted wants to end, for which the data must be on the disk; the wait has a limit.
        boolean interrupted = Thread.interrupted();
        try {
            node.stop(STOP_LIMIT);
            KafkaExits.forget(threads);
            lock.close();
        } catch (BrokerFailedException e) {
            // Thrown from close() it would hide why the caller closes; nothing can be done about it either.
            LOG.error("Kafka on {} did not stop in order; {} stays locked", bootstrapServers(), lock.directory(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void failed(BrokerFailedException reason) {
        // A failure to start is thrown at the caller, and one that the stopping itself provokes is of no interest.
        if (!failure.compareAndSet(null, reason) || !started.get() || closed.get()) {
            return;
        }
        // Not on Kafka's thread: the listener may wait for that thread by closing the broker.
        Thread teller = new Thread(() -> onFailure.accept(reason), threads.getName() + "-failure");
        teller.setDaemon(true);
        teller.start();
    }
}
