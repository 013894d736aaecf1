package dev.standing.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.standing.avro.ChangeState;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerState;
import dev.standing.avro.RegisterCustomer;
import dev.standing.avro.ResultStatus;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.AvroPayload;
import dev.standing.serde.WireFormat;
import dev.standing.service.settings.Settings;
import dev.standing.testing.CommittedRecords;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicProvisioning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What brokers let through, and a registry that is away: neither stops a processor, nor makes it lose anything. */
@OnAnyPlatform
class AdversityIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private TestPlatform platform;
    private TopicCatalogue topics;
    private KafkaProducer<byte[], byte[]> producer;
    private int knownSchema;

    @BeforeEach
    void start() {
        platform = TestPlatform.start();
        topics = new TopicCatalogue(platform.topicPrefix(), 1, 1);
        Map<String, Object> kafka = Map.of("bootstrap.servers", platform.bootstrapServers());
        try (TopicProvisioning provisioning = TopicProvisioning.connect(kafka, topics);
                SchemaRegistryClient client = client()) {
            provisioning.provision();
            new SchemaProvisioning(client, topics).provision();
            knownSchema = client.lookUp(topics.commands().valueSubject(), CustomerCommand.getClassSchema())
                    .orElseThrow();
        }
        // As a foreign producer may be set: what is small when it is compressed, brokers take.
        Map<String, Object> foreign = new HashMap<>(kafka);
        foreign.put("compression.type", "gzip");
        foreign.put("max.request.size", 20_000_000);
        foreign.put("linger.ms", 0);
        producer = new KafkaProducer<>(foreign, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        producer.close(Duration.ofSeconds(1));
        platform.close();
    }

    @Test
    void recordsThatWereSmallOnlyWhileCompressedAreDeadLetteredAndStopNothing() throws Exception {
        Headers manyHeaders = new RecordHeaders();
        for (int i = 0; i < 1_000; i++) {
            manyHeaders.add("\u5ba2".repeat(1_000), null);
        }
        send(new byte[] {1}, manyHeaders);
        send(new byte[5_000_000], new RecordHeaders());
        send(command(knownSchema, registration("c-1")), new RecordHeaders());

        try (ProcessorService processor = processor()) {
            assertThat(awaitResults(1)).extracting(CommandResult::getStatus).containsExactly(ResultStatus.REGISTERED);
            await().atMost(PATIENCE).until(() -> processor.obstacles().isEmpty());
        }
        assertThat(deadLetterReasons()).containsExactly("TOO_LARGE", "TOO_LARGE");
    }

    @Test
    void commandsWaitForARegistryThatIsAwayAndGoOnAfterARestart() throws Exception {
        try (ProcessorService processor = processor()) {
            send(command(knownSchema, registration("c-1")), new RecordHeaders());
            awaitResults(1);
            await().atMost(PATIENCE).until(() -> processor.obstacles().isEmpty());
            int laterSchema = registerLaterSchema();
            platform.takeRegistryAway();

            send(command(laterSchema, change("r-1", CustomerState.SUSPENDED)), new RecordHeaders());
            send(command(knownSchema, change("r-2", CustomerState.ACTIVE)), new RecordHeaders());
            send(new byte[5_000_000], new RecordHeaders());
            await().atMost(PATIENCE).until(() -> !processor.obstacles().isEmpty());

            assertThat(processor.obstacles()).allMatch(obstacle -> obstacle.contains("wait for the schema registry"));
            await().atMost(PATIENCE).until(() -> deadLetterReasons().equals(List.of("TOO_LARGE")));
            assertThat(results()).hasSize(1);
        }
        platform.bringRegistryBack();

        try (ProcessorService processor = processor()) {
            assertThat(awaitResults(3))
                    .extracting(result -> result.getRequestId().orElseThrow(), CommandResult::getStatus)
                    .containsExactly(
                            tuple("registration", ResultStatus.REGISTERED),
                            tuple("r-1", ResultStatus.APPLIED),
                            tuple("r-2", ResultStatus.APPLIED));
            await().atMost(PATIENCE).until(() -> processor.obstacles().isEmpty());
        }
        assertThat(deadLetterReasons()).containsExactly("TOO_LARGE");
    }

    /** A version of the commands' schema that the processor has not fetched: the next one, with one field more. */
    private int registerLaterSchema() {
        String later = CustomerCommand.getClassSchema()
                .toString()
                .replaceFirst(
                        "\"fields\":\\[",
                        "\"fields\":[{\"name\":\"added\",\"type\":[\"null\",\"string\"],\"default\":null},");
        try (SchemaRegistryClient client = client()) {
            return client.register(topics.commands().valueSubject(), new Schema.Parser().parse(later));
        }
    }

    /** The later schema has its new field first: null there is one byte, 0, before all that there was. */
    private byte[] command(int schema, CustomerCommand command) {
        byte[] payload = new AvroPayload<>(CustomerCommand.class).encode(command);
        if (schema == knownSchema) {
            return WireFormat.frame(schema, payload);
        }
        byte[] longer = new byte[payload.length + 1];
        System.arraycopy(payload, 0, longer, 1, payload.length);
        return WireFormat.frame(schema, longer);
    }

    private void send(byte[] value, Headers headers) throws Exception {
        producer.send(new ProducerRecord<>(topics.commands().name(), 0, null, "c-1".getBytes(UTF_8), value, headers))
                .get();
    }

    private ProcessorService processor() {
        return ProcessorService.start(Settings.of(Map.of(
                "kafka.bootstrap.servers",
                platform.bootstrapServers(),
                "schema.registry.url",
                platform.registryUrl(),
                "schema.registry.request.timeout.ms",
                "500",
                "topics.prefix",
                platform.topicPrefix(),
                "topics.partitions",
                "1",
                "topics.replication.factor",
                "1",
                "processor.query.port",
                "0",
                "processor.state.dir",
                directory.resolve("streams").toString())));
    }

    private SchemaRegistryClient client() {
        return new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()));
    }

    private List<ConsumerRecord<byte[], byte[]>> results() {
        return CommittedRecords.read(
                platform.bootstrapServers(), topics.results().name());
    }

    private List<CommandResult> awaitResults(int count) {
        List<ConsumerRecord<byte[], byte[]>> records =
                await().atMost(PATIENCE).until(this::results, found -> found.size() >= count);
        try (SchemaRegistryClient client = client()) {
            AvroDeserializer<CommandResult> deserializer = new AvroDeserializer<>(client, CommandResult.class, false);
            return records.stream()
                    .map(result -> deserializer.deserialize(result.topic(), result.headers(), result.value()))
                    .toList();
        }
    }

    private List<String> deadLetterReasons() {
        return CommittedRecords.read(
                        platform.bootstrapServers(), topics.deadLetters().name())
                .stream()
                .map(letter -> HeaderText.read(letter.headers(), HeaderNames.DLQ_REASON)
                        .orElseThrow())
                .toList();
    }

    private static CustomerCommand registration(String customerId) {
        return command("registration")
                .setCustomerId(customerId)
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(RegisterCustomer.newBuilder().build())
                .build();
    }

    private static CustomerCommand change(String requestId, CustomerState state) {
        return command(requestId)
                .setType(CommandType.CHANGE_STATE)
                .setChangeState(ChangeState.newBuilder()
                        .setState(state)
                        .setDefaultReason(true)
                        .build())
                .build();
    }

    private static CustomerCommand.Builder command(String requestId) {
        return CustomerCommand.newBuilder()
                .setCommandId("cmd-" + requestId)
                .setCustomerId("c-1")
                .setRequestId(requestId)
                .setSource("test");
    }
}
