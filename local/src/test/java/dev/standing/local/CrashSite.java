package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.CustomerCommand;
import dev.standing.embedded.EmbeddedPlatform;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroSerializer;
import dev.standing.serde.GeneratedClasses;
import dev.standing.testing.CommittedRecords;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import dev.standing.topics.TopicProvisioning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker and a registry that stay, and a processor in a process of its own that can be killed. */
final class CrashSite implements AutoCloseable {

    private static final int PARTITIONS = 4;

    static {
        GeneratedClasses.trust();
    }

    private final Path directory;
    private final EmbeddedPlatform platform;
    private final SchemaRegistryClient registry;
    private final TopicCatalogue topics = new TopicCatalogue("standing.", PARTITIONS, 1);
    private final KafkaProducer<String, byte[]> producer;
    private final AvroSerializer<CustomerCommand> serializer;
    private final AtomicReference<Exception> sendFailure = new AtomicReference<>();

    private CrashSite(Path directory) {
        this.directory = directory;
        this.platform = EmbeddedPlatform.startTemporary();
        this.registry = new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()));
        this.serializer = new AvroSerializer<>(registry, false);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** With topics and schemas, and without a processor. */
    static CrashSite in(Path directory) {
        CrashSite site = new CrashSite(directory);
        Map<String, String> kafka = Map.of("bootstrap.servers", site.platform.bootstrapServers());
        try (TopicProvisioning provisioning = TopicProvisioning.connect(kafka, site.topics)) {
            provisioning.provision();
        }
        new SchemaProvisioning(site.registry, site.topics).provision();
        return site;
    }

    TopicCatalogue topics() {
        return topics;
    }

    /** A processor that goes on where the one before it was. */
    LocalProcess processor() throws Exception {
        return processor(0);
    }

    /** As above, asked at a port; 0: any free one. */
    LocalProcess processor(int port) throws Exception {
        Path configuration = configuration(
                "processor",
                List.of(
                        "processor.query.port=" + port,
                        "processor.state.dir=" + directory.resolve("state"),
                        "processor.streams.consumer.session.timeout.ms=6000"));
        return LocalProcess.run(directory, "processor", "--config", configuration.toString());
    }

    /**
     * A gateway that lets everybody in, at any free port.
     *
     * @param options of its JVM
     * @param settings more of its settings
     */
    LocalProcess gateway(List<String> options, String... settings) throws Exception {
        List<String> lines = new ArrayList<>(List.of(settings));
        lines.addAll(List.of("gateway.open=true", "gateway.port=0"));
        Path configuration = configuration("gateway", lines);
        return LocalProcess.run(directory, options, "gateway", "--config", configuration.toString());
    }

    private Path configuration(String service, List<String> own) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "kafka.bootstrap.servers=" + platform.bootstrapServers(),
                "schema.registry.url=" + platform.registryUrl(),
                "topics.partitions=" + topics.partitions(),
                "topics.replication.factor=1"));
        lines.addAll(own);
        return Files.write(directory.resolve(service + ".properties"), lines);
    }

    void stopKafka() {
        platform.stopBroker();
    }

    void startKafka() {
        platform.startBroker();
    }

    void send(CustomerCommand command) {
        String topic = topics.commands().name();
        byte[] value = serializer.serialize(topic, command);
        Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>(topic, command.getCustomerId(), value), (metadata, failure) -> {
                    if (failure != null) {
                        sendFailure.set(failure);
                    }
                });
    }

    /** All that was sent is in the topic. */
    void flush() {
        producer.flush();
        assertThat(sendFailure.get()).isNull();
    }

    /** What is committed in a topic, as it is. */
    List<ConsumerRecord<byte[], byte[]>> read(TopicDefinition topic) {
        return CommittedRecords.read(platform.bootstrapServers(), topic.name());
    }

    /** What is committed in a topic. */
    <T extends SpecificRecord> List<T> values(TopicDefinition topic, Class<T> type) {
        return Decoded.values(read(topic), registry, type);
    }

    /** The values of records that were read. */
    <T extends SpecificRecord> List<T> values(List<ConsumerRecord<byte[], byte[]>> records, Class<T> type) {
        return Decoded.values(records, registry, type);
    }

    @Override
    public void close() {
        producer.close();
        registry.close();
        platform.close();
    }
}
