package dev.standing.gateway;

import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.GeneratedClasses;
import dev.standing.service.settings.Settings;
import dev.standing.testing.TestPlatform;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicProvisioning;
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

    private final TestPlatform platform;
    private final TopicCatalogue topics;

    /** Starts both, or takes those that there are. */
    Platform() {
        GeneratedClasses.trust();
        this.platform = TestPlatform.start();
        this.topics = new TopicCatalogue(platform.topicPrefix(), PARTITIONS, 1);
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
        return new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()));
    }

    /** From now on the broker answers nobody. */
    void takeBrokerAway() {
        platform.takeBrokerAway();
    }

    /** The broker answers again, where it was and with its data. */
    void bringBrokerBack() {
        platform.bringBrokerBack();
    }

    private String bootstrapServers() {
        return platform.bootstrapServers();
    }

    private Admin admin() {
        return Admin.create(kafka());
    }

    /** Settings of a gateway on a free port. */
    Settings settings() {
        return Settings.of(Map.of(
                "kafka.bootstrap.servers", bootstrapServers(),
                "schema.registry.url", platform.registryUrl(),
                "topics.prefix", platform.topicPrefix(),
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
        platform.close();
    }
}
