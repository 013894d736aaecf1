package dev.standing.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.RegisterCustomer;
import dev.standing.avro.ResultStatus;
import dev.standing.embedded.CommittedRecords;
import dev.standing.embedded.EmbeddedPlatform;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.AvroSerializer;
import dev.standing.serde.WireFormat;
import dev.standing.service.settings.Settings;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicMismatchException;
import dev.standing.topics.TopicProvisioning;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor on a real broker and a real registry. */
class ProcessorServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static EmbeddedPlatform platform;
    private static SchemaRegistryClient registry;
    private static int tests;

    @TempDir
    Path stateDirectory;

    private final List<Exception> sendFailures = new CopyOnWriteArrayList<>();
    private TopicCatalogue topics;

    @BeforeAll
    static void startPlatform() {
        platform = EmbeddedPlatform.startTemporary();
        registry = new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()));
    }

    @AfterAll
    static void stopPlatform() {
        registry.close();
        platform.close();
    }

    /** Each test has topics of its own. */
    @BeforeEach
    void provision() {
        topics = new TopicCatalogue("test" + ++tests + ".", 4, 1);
        Map<String, String> kafka = Map.of("bootstrap.servers", platform.bootstrapServers());
        try (TopicProvisioning provisioning = TopicProvisioning.connect(kafka, topics)) {
            provisioning.provision();
        }
        new SchemaProvisioning(registry, topics).provision();
    }

    @Test
    void itIsReadyWhenItProcessesAndTellsSoOverHttp() throws Exception {
        try (ProcessorService processor = start()) {
            await().atMost(PATIENCE).until(() -> processor.obstacles().isEmpty());

            URI ready = URI.create("http://127.0.0.1:" + processor.port() + "/health/ready");
            assertThat(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatCannotBeAnsweredGoesToTheDeadLettersAndTheNextCommandIsAnswered() {
        byte[] noise = new byte[100];
        new Random(1).nextBytes(noise);
        noise[0] = 1;
        byte[] unknownSchema = WireFormat.frame(987_654, new byte[] {1, 2, 3});
        try (ProcessorService processor = start();
                KafkaProducer<byte[], byte[]> producer = producer()) {
            send(producer, new ProducerRecord<>(topics.commands().name(), 2, null, noise));
            send(producer, new ProducerRecord<>(topics.commands().name(), "c-1".getBytes(UTF_8), unknownSchema));
            send(producer, registration("c-1"));

            List<CommandResult> results = awaitResults(1);

            assertThat(results.get(0).getStatus()).isEqualTo(ResultStatus.REGISTERED);
            List<ConsumerRecord<byte[], byte[]>> letters = await().atMost(PATIENCE)
                    .until(() -> read(topics.deadLetters().name()), found -> found.size() >= 2);
            assertThat(letters).extracting(ConsumerRecord::value).containsExactlyInAnyOrder(noise, unknownSchema);
            assertThat(letters)
                    .allMatch(letter -> HeaderText.read(letter.headers(), HeaderNames.DLQ_REASON)
                            .equals(Optional.of("UNDECODABLE")));
            await().atMost(PATIENCE).until(() -> processor.obstacles().isEmpty());
        }
    }

    @Test
    void aMismatchOfTheTopicsIsToldAtStart() {
        assertThatThrownBy(() -> ProcessorService.start(settings().with(Map.of("topics.partitions", "5"))))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining(topics.commands().name());
        assertThatThrownBy(() -> ProcessorService.start(settings().with(Map.of("topics.prefix", "none."))))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining("none.commands");
    }

    private ProcessorService start() {
        return ProcessorService.start(settings());
    }

    private Settings settings() {
        Map<String, String> values = new HashMap<>();
        values.put("kafka.bootstrap.servers", platform.bootstrapServers());
        values.put("schema.registry.url", platform.registryUrl());
        values.put("topics.prefix", "test" + tests + ".");
        values.put("topics.partitions", "4");
        values.put("topics.replication.factor", "1");
        values.put("processor.application.id", "test-" + tests);
        values.put("processor.query.port", "0");
        values.put("processor.state.dir", stateDirectory.toString());
        values.put("processor.streams.consumer.session.timeout.ms", "6000");
        return Settings.of(values);
    }

    private List<CommandResult> awaitResults(int atLeast) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> decoded(topics.results().name(), CommandResult.class), found -> found.size() >= atLeast);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return CommittedRecords.read(platform.bootstrapServers(), topic);
    }

    private <T extends SpecificRecord> List<T> decoded(String topic, Class<T> type) {
        return read(topic).stream()
                .map(record -> deserialized(type, topic, record))
                .toList();
    }

    private static <T extends SpecificRecord> T deserialized(
            Class<T> type, String topic, ConsumerRecord<byte[], byte[]> record) {
        try (AvroDeserializer<T> deserializer = new AvroDeserializer<>(registry, type, false)) {
            return deserializer.deserialize(topic, record.headers(), record.value());
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.bootstrapServers(), "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void send(KafkaProducer<byte[], byte[]> producer, CustomerCommand command) {
        try (AvroSerializer<CustomerCommand> serializer = new AvroSerializer<>(registry, false)) {
            String topic = topics.commands().name();
            send(
                    producer,
                    new ProducerRecord<>(
                            topic, command.getCustomerId().getBytes(UTF_8), serializer.serialize(topic, command)));
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> unused = producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                sendFailures.add(failure);
            }
        });
    }

    @AfterEach
    void everythingWasSent() {
        assertThat(sendFailures).isEmpty();
    }

    private static CustomerCommand registration(String customerId) {
        return command(customerId, "registration")
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(RegisterCustomer.newBuilder().build())
                .build();
    }

    private static CustomerCommand.Builder command(String customerId, String requestId) {
        return CustomerCommand.newBuilder()
                .setCommandId(customerId + "-" + requestId)
                .setCustomerId(customerId)
                .setRequestId(requestId)
                .setSource("test");
    }
}
