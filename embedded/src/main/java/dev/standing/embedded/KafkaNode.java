package dev.standing.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Kafka's server, in threads that can be told apart from those of another one. Every call runs in such a thread and has
 * a limit, because Kafka waits for some things without one.
 */
final class KafkaNode {

    private final ThreadGroup threads;
    private final KafkaRaftServer server;

    private KafkaNode(ThreadGroup threads, KafkaRaftServer server) {
        this.threads = threads;
        this.server = server;
    }

    /**
     * Formats the directory if that was never done; what an interrupted attempt left behind is done again.
     *
     * @throws BrokerFailedException if the directory cannot be written
     */
    static void formatIfNew(Path directory) {
        // Kafka writes this file last, so it tells that the directory is complete.
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(BrokerConfiguration.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerConfiguration.CONTROLLER_LISTENER)
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setPrintStream(nowhere)
                    .run();
        } catch (Exception e) {
            // Formatter.run declares Exception, and each one means the same here.
            throw new BrokerFailedException("Kafka cannot format the data directory " + directory, e);
        }
    }

    /**
     * Starts Kafka and waits until it serves clients.
     *
     * @throws BrokerFailedException if it does not within the limit, or stops itself before
     */
    static KafkaNode start(Properties properties, ThreadGroup threads, Duration limit) {
        KafkaRaftServer server = call(
                threads,
                "start",
                limit,
                () -> new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM));
        KafkaNode node = new KafkaNode(threads, server);
        try {
            call(threads, "start", limit, () -> {
                server.startup();
                return true;
            });
            return node;
        } catch (BrokerFailedException e) {
            try {
                // Half a broker must not outlive its failure: its threads and ports would.
                node.stop(limit);
            } catch (BrokerFailedException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /**
     * Hands everything over to the disk and ends Kafka's threads.
     *
     * @throws BrokerFailedException if that does not succeed within the limit
     */
    void stop(Duration limit) {
        call(threads, "stop", limit, () -> {
            server.shutdown();
            return true;
        });
    }

    private static <T> T call(ThreadGroup threads, String verb, Duration limit, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(threads, task, threads.getName() + "-" + verb);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new BrokerFailedException("Kafka failed to " + verb, e.getCause());
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new BrokerFailedException("Kafka did not " + verb + " within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new BrokerFailedException("interrupted while Kafka was to " + verb, e);
        }
    }
}
