package dev.standing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {

    private static final String TOPIC = "things";

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory;

    @Test
    void dataSurvivesARestartOnAnotherPort() {
        int firstPort;
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.on(directory, 0))) {
            firstPort = broker.port();
            KafkaProbe probe = new KafkaProbe(broker.bootstrapServers());
            probe.createTopic(TOPIC);
            probe.send(TOPIC, "kept");
        }

        int otherPort = portOtherThan(firstPort);
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.on(directory, otherPort))) {
            assertThat(broker.port()).isEqualTo(otherPort);
            assertThat(broker.failure()).isEmpty();
            KafkaProbe probe = new KafkaProbe(broker.bootstrapServers());
            assertThat(probe.values(TOPIC, 1)).containsExactly("kept");
            probe.send(TOPIC, "added");
            assertThat(probe.values(TOPIC, 2)).containsExactly("kept", "added");
        }
    }

    @Test
    void readersOfCommittedRecordsSeeWholeTransactionsOnly() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.on(directory, 0))) {
            KafkaProbe probe = new KafkaProbe(broker.bootstrapServers());
            probe.createTopic(TOPIC);
            try (KafkaProducer<String, String> producer = probe.producer(Map.of("transactional.id", "tx"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "aborted")).get();
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "committed")).get();
                producer.commitTransaction();
            }
            assertThat(probe.values(TOPIC, 1)).containsExactly("committed");
        }
    }

    @Test
    void aTakenPortIsFoundBeforeAnythingIsWritten() throws IOException {
        try (ServerSocket other = taken()) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.on(directory, port)))
                    .isInstanceOfSatisfying(PortTakenException.class, e -> {
                        assertThat(e.port()).isEqualTo(port);
                        assertThat(e.purpose()).isEqualTo("Kafka");
                        assertThat(e).hasMessage("Kafka port " + port + " is taken by another process");
                    });
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aTakenControllerPortIsAnExceptionAndLetsGoOfTheDirectory() throws IOException {
        try (ServerSocket other = taken()) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.on(directory, 0), port, failure -> {}))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessage("Kafka controller port " + port + " is taken by another process");
        }
        DataDirectoryLock.acquire(directory).close();
    }

    @Test
    void aDirectoryServesOneBroker() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.on(directory, 0))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.on(directory, 0)))
                    .isInstanceOf(DataDirectoryLockedException.class)
                    .hasMessageContaining(broker.dataDirectory().toString());
        }
    }

    @Test
    void aBrokerThatCannotStartThrowsAndLetsGoOfTheDirectory() throws IOException {
        // Kafka wants to keep a directory where this file is, and would halt the JVM.
        Files.createFile(directory.resolve("__cluster_metadata-0"));

        assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.on(directory, 0)))
                .isInstanceOf(BrokerFailedException.class);

        DataDirectoryLock.acquire(directory).close();
    }

    @Test
    void aBrokerThatLosesItsDirectoryTellsItsListenerAndTheJvmLives() throws Exception {
        CompletableFuture<BrokerFailedException> told = new CompletableFuture<>();
        Path data = directory.resolve("lost");
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.on(data, 0), told::complete);
                EmbeddedBroker other = EmbeddedBroker.start(BrokerSettings.on(directory.resolve("kept"), 0))) {
            KafkaProbe probe = new KafkaProbe(broker.bootstrapServers());
            Files.move(data, directory.resolve("elsewhere"));
            probe.requestTopic(TOPIC);

            assertThat(told.get(30, TimeUnit.SECONDS)).hasMessageContaining("halt");
            assertThat(broker.failure()).isPresent();
            assertThat(other.failure()).isEmpty();
        }
    }

    @Test
    void anExitOutsideOfAnyBrokerDoesNotEndTheJvm() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.on(directory, 0))) {
            assertThatThrownBy(() -> Exit.exit(3, "enough"))
                    .isInstanceOf(BrokerFailedException.class)
                    .hasMessageContaining("status 3: enough");
            assertThat(broker.failure()).isPresent();
        }
    }

    private static ServerSocket taken() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    private static int portOtherThan(int port) {
        int other = LoopbackPorts.free("Kafka", "127.0.0.1", 0);
        return other == port ? portOtherThan(port) : other;
    }
}
