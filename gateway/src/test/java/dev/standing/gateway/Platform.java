package dev.standing.gateway;

import dev.standing.embedded.BrokerSettings;
import dev.standing.embedded.EmbeddedBroker;
import dev.standing.embedded.EmbeddedRegistry;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.GeneratedClasses;
import dev.standing.service.settings.Settings;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicProvisioning;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A real broker and a real registry, with the topics and the schemas. */
final class Platform implements AutoCloseable {

    static final int PARTITIONS = 4;

    private final Path directory;
    private final int port;
    private final EmbeddedRegistry registry;
    private EmbeddedBroker broker;
    private final TopicCatalogue topics = new TopicCatalogue("standing.", PARTITIONS, 1);

    /** Starts both, with their data in the directory. */
    Platform(Path directory) {
        GeneratedClasses.trust();
        this.directory = directory;
        this.broker = EmbeddedBroker.start(BrokerSettings.on(directory, 0));
        this.port =
                Integer.parseInt(bootstrapServers().substring(bootstrapServers().indexOf(':') + 1));
        this.registry = EmbeddedRegistry.start(bootstrapServers(), 0);
        try (TopicProvisioning provisioning = TopicProvisioning.connect(kafka(), topics);
                SchemaRegistryClient client = registry()) {
            provisioning.provision();
            new SchemaProvisioning(client, topics).provision();
        }
    }

    TopicCatalogue topics() {
        return topics;
    }

    Map<String, Object> kafka() {
        return new HashMap<>(Map.of("bootstrap.servers", bootstrapServers()));
    }

    SchemaRegistryClient registry() {
        return new SchemaRegistryClient(Map.of("schema.registry.url", registry.url()));
    }

    /** Stops the broker; its data is kept. */
    void stopBroker() {
        broker.close();
    }

    /** Starts the broker again, where it was. */
    void startBroker() {
        broker = EmbeddedBroker.start(BrokerSettings.on(directory, port));
    }

    private String bootstrapServers() {
        return broker.bootstrapServers();
    }

    private Admin admin() {
        return Admin.create(kafka());
    }

    /** Settings of a gateway on a free port. */
    Settings settings() {
        return Settings.of(Map.of(
                "kafka.bootstrap.servers", bootstrapServers(),
                "schema.registry.url", registry.url(),
                "topics.partitions", Integer.toString(PARTITIONS),
                "gateway.port", "0",
                "gateway.open", "true"));
    }

    /** How many records the commands topic has had. */
    long commands() throws InterruptedException, ExecutionException {
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topics.commands().name(), partition))
                .toList();
        try (Admin admin = admin()) {
            return admin
                    .listOffsets(partitions.stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(info -> info.offset())
                    .sum();
        }
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
