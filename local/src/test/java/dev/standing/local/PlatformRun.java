package dev.standing.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.standing.embedded.EmbeddedPlatform;
import dev.standing.gateway.GatewayService;
import dev.standing.processor.ProcessorService;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.GeneratedClasses;
import dev.standing.service.settings.Settings;
import dev.standing.testing.CommittedRecords;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import dev.standing.topics.TopicProvisioning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A broker, a registry, a processor and a gateway in this process, and a look into all topics. */
final class PlatformRun implements AutoCloseable {

    private static final int PARTITIONS = 2;

    private final EmbeddedPlatform platform;
    private final Admin admin;
    private final SchemaRegistryClient registry;
    private final TopicCatalogue topics = new TopicCatalogue("standing.", PARTITIONS, 1);
    private final ProcessorService processor;
    private final GatewayService gateway;

    private PlatformRun(Path directory, Map<String, String> gatewaySettings) {
        GeneratedClasses.trust();
        this.platform = EmbeddedPlatform.startTemporary();
        Map<String, Object> kafka = Map.of("bootstrap.servers", platform.bootstrapServers());
        this.admin = Admin.create(kafka);
        this.registry = new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()));
        try (TopicProvisioning provisioning = TopicProvisioning.connect(kafka, topics)) {
            provisioning.provision();
        }
        new SchemaProvisioning(registry, topics).provision();
        this.processor = ProcessorService.start(settings(Map.of(
                "processor.query.port",
                "0",
                "processor.state.dir",
                directory.resolve("state").toString())));
        this.gateway = GatewayService.start(
                settings(gatewaySettings).with(Map.of("gateway.port", "0", "gateway.processors", processor.url())));
    }

    /** Starts them; the processor may not be ready yet. */
    static PlatformRun start(Path directory, Map<String, String> gatewaySettings) {
        return new PlatformRun(directory, gatewaySettings);
    }

    private Settings settings(Map<String, String> own) {
        return Settings.of(own).with(connection());
    }

    /** Settings that reach it. */
    Map<String, String> connection() {
        return Map.of(
                "kafka.bootstrap.servers", platform.bootstrapServers(),
                "schema.registry.url", platform.registryUrl(),
                "topics.partitions", Integer.toString(PARTITIONS),
                "topics.replication.factor", "1");
    }

    /** Where the gateway is. */
    String url() {
        return gateway.url();
    }

    TopicCatalogue topics() {
        return topics;
    }

    /** How many records the log of commands has had. */
    long commands() throws Exception {
        return admin
                .listOffsets(IntStream.range(0, PARTITIONS)
                        .mapToObj(partition ->
                                new TopicPartition(topics.commands().name(), partition))
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(info -> info.offset())
                .sum();
    }

    /** The values of a customer's records in a topic, in their order. */
    <T extends SpecificRecord> List<T> of(String customerId, TopicDefinition topic, Class<T> type) {
        return Decoded.values(recordsOf(customerId, topic), registry, type);
    }

    /** A customer's records in a topic, in their order. */
    List<ConsumerRecord<byte[], byte[]>> recordsOf(String customerId, TopicDefinition topic) {
        return CommittedRecords.read(platform.bootstrapServers(), topic.name()).stream()
                .filter(record -> new String(record.key(), UTF_8).equals(customerId))
                .toList();
    }

    /**
     * Key, value and headers of every record, in every topic that is not Kafka's own, the stores' changelogs among them;
     * a character for each byte.
     */
    List<String> everything() throws Exception {
        List<String> all = new ArrayList<>();
        for (String topic : admin.listTopics().names().get()) {
            CommittedRecords.read(platform.bootstrapServers(), topic).forEach(record -> all.add(text(record)));
        }
        return all;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder(latin(record.key())).append(' ').append(latin(record.value()));
        record.headers()
                .forEach(header ->
                        text.append(' ').append(header.key()).append('=').append(latin(header.value())));
        return text.toString();
    }

    private static String latin(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, ISO_8859_1);
    }

    @Override
    public void close() {
        gateway.close();
        processor.close();
        registry.close();
        admin.close();
        platform.close();
    }
}
