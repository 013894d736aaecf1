package dev.standing.testing;

import dev.standing.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * Apache Kafka and Apicurio Registry, each in a container; one pair in a JVM, from the first use of it to the JVM's end.
 *
 * <p>The broker behaves as the embedded one does where time is concerned. The registry answers Confluent's API, keeps
 * the schemas in memory, and, as Confluent's, holds new versions to be compatible with old ones.
 */
final class Containers {

    /** Says which run made a container, so that a script can remove what a run left that was killed. */
    private static final String RUN_LABEL = "dev.standing.run";

    private static final String RUN_PROPERTY = "standing.containers.run";
    private static final int REGISTRY_PORT = 8080;
    private static final int REGISTRY_HEALTH_PORT = 9000;
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final KafkaContainer kafka;
    private final GenericContainer<?> apicurio;
    private final Freezer broker;
    private final Freezer registry;

    private Containers() {
        Properties images = images();
        Map<String, String> labels = Map.of(RUN_LABEL, System.getProperty(RUN_PROPERTY, "none"));
        this.kafka = new KafkaContainer(DockerImageName.parse(images.getProperty("kafka")))
                .withEnv(environment(EmbeddedBroker.behaviour()))
                .withLabels(labels)
                .withStartupTimeout(START_LIMIT);
        this.apicurio = new GenericContainer<>(DockerImageName.parse(images.getProperty("registry")))
                .withEnv("APICURIO_RULES_GLOBAL_COMPATIBILITY", "BACKWARD")
                .withLabels(labels)
                .withExposedPorts(REGISTRY_PORT, REGISTRY_HEALTH_PORT)
                .waitingFor(Wait.forHttp("/health/ready").forPort(REGISTRY_HEALTH_PORT))
                .withStartupTimeout(START_LIMIT);
        this.broker = new Freezer(kafka);
        this.registry = new Freezer(apicurio);
    }

    /** Started by whoever asks first. */
    private static final class Running {

        private static final Containers PAIR = started();

        private static Containers started() {
            Containers pair = new Containers();
            Runtime.getRuntime().addShutdownHook(new Thread(pair::stop, "stop-containers"));
            Startables.deepStart(pair.kafka, pair.apicurio).join();
            return pair;
        }
    }

    /** The pair of this JVM. */
    static Containers running() {
        return Running.PAIR;
    }

    String bootstrapServers() {
        return kafka.getBootstrapServers();
    }

    String registryUrl() {
        return "http://%s:%d/apis/ccompat/v7".formatted(apicurio.getHost(), apicurio.getMappedPort(REGISTRY_PORT));
    }

    Freezer broker() {
        return broker;
    }

    Freezer registry() {
        return registry;
    }

    private void stop() {
        // A container that is frozen could not be removed.
        broker.thaw();
        registry.thaw();
        apicurio.stop();
        kafka.stop();
    }

    /** {@code log.segment.bytes} becomes {@code KAFKA_LOG_SEGMENT_BYTES}, as the image wants it. */
    private static Map<String, String> environment(Map<String, String> properties) {
        return properties.entrySet().stream()
                .collect(Collectors.toMap(
                        property -> "KAFKA_"
                                + property.getKey().toUpperCase(Locale.ROOT).replace('.', '_'),
                        Map.Entry::getValue));
    }

    private static Properties images() {
        try (InputStream file = Containers.class.getResourceAsStream("images.properties")) {
            Properties images = new Properties();
            images.load(file);
            return images;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell the images of the containers", e);
        }
    }
}
