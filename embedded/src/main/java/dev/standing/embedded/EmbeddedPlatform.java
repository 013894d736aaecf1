package dev.standing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A broker and a registry for a test: on free ports, in a temporary directory, gone at the end.
 *
 * <p>All methods may be called from any thread.
 */
public final class EmbeddedPlatform implements AutoCloseable {

    private final Path directory;
    private final String bootstrapServers;
    private final String registryUrl;
    private final int registryPort;
    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;

    private EmbeddedPlatform(Path directory, EmbeddedBroker broker, EmbeddedRegistry registry) {
        this.directory = directory;
        this.broker = broker;
        this.bootstrapServers = broker.bootstrapServers();
        this.registry = registry;
        this.registryUrl = registry.url();
        this.registryPort = registry.port();
    }

    /**
     * Starts both.
     *
     * @return a platform without topics and schemas
     * @throws BrokerFailedException if Kafka cannot start
     * @throws UncheckedIOException if there can be no temporary directory
     */
    public static EmbeddedPlatform startTemporary() {
        Path directory = temporaryDirectory();
        EmbeddedBroker broker = null;
        try {
            broker = EmbeddedBroker.start(BrokerSettings.on(directory, 0));
            EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
            return new EmbeddedPlatform(directory, broker, registry);
        } catch (RuntimeException e) {
            close(broker);
            delete(directory);
            throw e;
        }
    }

    /**
     * Where clients of Kafka connect.
     *
     * @return host and port, as {@code bootstrap.servers} takes them
     */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Where clients of the registry connect.
     *
     * @return the value of their {@code schema.registry.url}
     */
    public String registryUrl() {
        return registryUrl;
    }

    /**
     * Stops the broker and starts it again, on the same port and with its data. Whoever is connected, the registry among
     * them, finds it gone for some seconds.
     *
     * @throws BrokerFailedException if Kafka cannot start again
     */
    public synchronized void restartBroker() {
        stopBroker();
        startBroker();
    }

    /** Stops the broker, in order, until {@link #startBroker}. The registry stays, and answers what it knows. */
    public synchronized void stopBroker() {
        broker.close();
    }

    /**
     * Starts the broker again that was stopped, on the same port and with its data.
     *
     * @throws BrokerFailedException if Kafka cannot start again
     */
    public synchronized void startBroker() {
        broker = EmbeddedBroker.start(BrokerSettings.on(directory, broker.port()));
    }

    /** Stops the registry until {@link #startRegistry}. The broker stays. */
    public synchronized void stopRegistry() {
        registry.close();
    }

    /**
     * Starts the registry again that was stopped, on the same port and with its schemas. The broker has to be there.
     *
     * @throws IllegalStateException if Kafka does not answer
     */
    public synchronized void startRegistry() {
        registry = EmbeddedRegistry.start(bootstrapServers, registryPort);
    }

    /**
     * Stops both, within about 30 s, and removes the directory with all data.
     *
     * @throws UncheckedIOException if the directory cannot be removed
     */
    @Override
    public synchronized void close() {
        try {
            registry.close();
        } finally {
            broker.close();
            delete(directory);
        }
    }

    private static void close(@Nullable EmbeddedBroker broker) {
        if (broker != null) {
            broker.close();
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("embedded-platform-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary directory", e);
        }
    }

    private static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the temporary directory " + directory, e);
        }
    }
}
