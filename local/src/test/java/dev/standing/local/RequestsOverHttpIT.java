package dev.standing.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.RegisterCustomer;
import dev.standing.gateway.GatewayService;
import dev.standing.local.RestClient.Answered;
import dev.standing.processor.ProcessorService;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroSerializer;
import dev.standing.serde.GeneratedClasses;
import dev.standing.service.settings.Settings;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicProvisioning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of a request, asked for through a gateway. */
@OnAnyPlatform
class RequestsOverHttpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;

    private static final String REGISTRATION = "{\"requestId\":\"r 1\",\"customerId\":\"early/1\"}";

    private static TestPlatform platform;
    private static SchemaRegistryClient registry;
    private static TopicCatalogue topics;
    private static ProcessorService processor;
    private static GatewayService gateway;
    private static RestClient rest;

    /** A request is accepted while there is no processor; then one comes. */
    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        GeneratedClasses.trust();
        platform = TestPlatform.start();
        registry = new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()));
        topics = new TopicCatalogue(platform.topicPrefix(), PARTITIONS, 1);
        Map<String, String> kafka = Map.of("bootstrap.servers", platform.bootstrapServers());
        try (TopicProvisioning provisioning = TopicProvisioning.connect(kafka, topics)) {
            provisioning.provision();
        }
        new SchemaProvisioning(registry, topics).provision();
        String location = acceptedWithoutAProcessor();
        processor = ProcessorService.start(settings(Map.of(
                "processor.query.port",
                "0",
                "processor.state.dir",
                directory.resolve("state").toString())));
        gateway = GatewayService.start(settings(Map.of("gateway.port", "0", "gateway.processors", processor.url())));
        rest = new RestClient(gateway.url());
        assertThat(location).isEqualTo("/v1/customers/early%2F1/requests/r%201");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        processor.close();
        registry.close();
        platform.close();
    }

    /** Returns where its result is to be. */
    private static String acceptedWithoutAProcessor() throws Exception {
        try (GatewayService lonely = GatewayService.start(settings(Map.of(
                "gateway.port", "0", "gateway.processors", "http://127.0.0.1:1", "gateway.reply.timeout", "PT0.5S")))) {
            RestClient client = new RestClient(lonely.url());
            Answered accepted = client.post("/v1/customers", REGISTRATION);
            assertThat(accepted.status()).isEqualTo(202);
            Answered result = client.get(accepted.header("Location"));
            assertThat(result.status()).isEqualTo(503);
            assertThat(result.header("Retry-After")).isEqualTo("1");
            return accepted.header("Location");
        }
    }

    @Test
    void theLocationOfA202LeadsToTheResultAsTheSameRequestAgainWouldBeAnswered() throws Exception {
        Answered result = await().atMost(PATIENCE)
                .dontCatchUncaughtExceptions()
                .until(() -> rest.get("/v1/customers/early%2F1/requests/r%201"), answer -> {
                    assertThat(answer.status()).isIn(200, 404, 503);
                    return answer.status() == 200;
                });

        Answered again = rest.post("/v1/customers", REGISTRATION);

        assertThat(again.status()).isEqualTo(201);
        assertThat(result.body()).isEqualTo(again.body());
        assertThat(result.body().get("replayed").booleanValue()).isTrue();
        assertThat(result.text("status")).isEqualTo("REGISTERED");
    }

    @Test
    void whatWasAnsweredIsFoundAtOnceAndStaysAsItWas() throws Exception {
        assertFound("/v1/customers/c-1/requests/r-0", register("r-0", "c-1"));
        for (int change = 1; change <= 30; change++) {
            String state = change % 2 == 0 ? "ACTIVE" : "SUSPENDED";

            Answered answered = change("r-" + change, "c-1", state);

            assertThat(answered.status()).isEqualTo(200);
            assertFound("/v1/customers/c-1/requests/r-" + change, answered);
        }
        assertThat(rest.get("/v1/customers/c-1/requests/r-1")
                        .body()
                        .at("/customer/version")
                        .intValue())
                .isEqualTo(2);
    }

    private static void assertFound(String path, Answered answered) throws Exception {
        Answered found = rest.get(path);

        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body().get("commandId")).isEqualTo(answered.body().get("commandId"));
        assertThat(found.body().get("status")).isEqualTo(answered.body().get("status"));
        assertThat(found.body().get("customer")).isEqualTo(answered.body().get("customer"));
        assertThat(found.body().get("replayed").booleanValue()).isTrue();
        assertThat(found.body()).hasSameSizeAs(answered.body());
    }

    @Test
    void whatWasTurnedDownIsFoundWhetherThereIsACustomerOrNot() throws Exception {
        Answered nobody = change("r-1", "nobody", "SUSPENDED");
        register("r-1", "owner", "x-1");
        Answered taken = register("r-2", "rival", "x-1");

        assertThat(nobody.status()).isEqualTo(404);
        assertRejected("/v1/customers/nobody/requests/r-1", nobody.body(), "UNKNOWN_CUSTOMER", "customerId");
        assertThat(taken.status()).isEqualTo(409);
        assertRejected("/v1/customers/rival/requests/r-2", taken.body(), "EXTERNAL_ID_TAKEN", "externalId");
    }

    private static void assertRejected(String path, JsonNode problem, String code, String field) throws Exception {
        Answered found = rest.get(path);

        assertThat(found.status()).isEqualTo(200);
        assertThat(found.text("status")).isEqualTo("REJECTED");
        assertThat(found.text("code")).isEqualTo(code);
        assertThat(found.text("field")).isEqualTo(field);
        assertThat(found.body().get("detail")).isEqualTo(problem.get("detail"));
        assertThat(found.body().get("commandId")).isEqualTo(problem.get("commandId"));
    }

    @Test
    void anIdThatWasUsedTwiceStaysThatOfTheFirst() throws Exception {
        register("r-1", "twice");
        Answered other = change("r-1", "twice", "SUSPENDED");

        assertThat(other.text("code")).isEqualTo("REQUEST_ID_REUSED");
        assertThat(rest.get("/v1/customers/twice/requests/r-1").text("status")).isEqualTo("REGISTERED");
    }

    @Test
    void whatNeverCameIsUnknownThoughTheCustomerIsThere() throws Exception {
        register("r-1", "known");

        for (String path : new String[] {"/v1/customers/known/requests/r-2", "/v1/customers/other/requests/r-1"}) {
            Answered unknown = rest.get(path);

            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.text("code")).isEqualTo("UNKNOWN_REQUEST");
            assertThat(unknown.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void requestsThatCameThroughKafkaAreFoundUnderTheirSource() throws Exception {
        CustomerCommand command = CustomerCommand.newBuilder()
                .setCommandId("cmd-upstream")
                .setCustomerId("upstream")
                .setRequestId("r-1")
                .setSource("crm & co")
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(RegisterCustomer.newBuilder().build())
                .build();
        send(command);

        Answered found = await().atMost(PATIENCE)
                .until(
                        () -> rest.get("/v1/customers/upstream/requests/r-1?source=crm+%26+co"),
                        answer -> answer.status() == 200);

        assertThat(found.text("commandId")).isEqualTo("cmd-upstream");
        assertThat(rest.get("/v1/customers/upstream/requests/r-1").status()).isEqualTo(404);
    }

    private static void send(CustomerCommand command) throws Exception {
        String topic = topics.commands().name();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", platform.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                AvroSerializer<CustomerCommand> serializer = new AvroSerializer<>(registry, false)) {
            producer.send(new ProducerRecord<>(
                            topic, command.getCustomerId().getBytes(UTF_8), serializer.serialize(topic, command)))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static Answered register(String requestId, String customerId) throws Exception {
        return rest.post(
                "/v1/customers", "{\"requestId\":\"%s\",\"customerId\":\"%s\"}".formatted(requestId, customerId));
    }

    private static Answered register(String requestId, String customerId, String externalId) throws Exception {
        return rest.post(
                "/v1/customers",
                "{\"requestId\":\"%s\",\"customerId\":\"%s\",\"externalId\":\"%s\"}"
                        .formatted(requestId, customerId, externalId));
    }

    private static Answered change(String requestId, String customerId, String state) throws Exception {
        String reason = state.equals("ACTIVE") ? "dfltActive" : "dfltSuspended";
        return rest.post("/v1/customers/state", """
                {"requestId": "%s", "customer": {"refId": "%s"}, "state": {"state": "%s", "stateReason": "%s"}}""".formatted(requestId, customerId, state, reason));
    }

    private static Settings settings(Map<String, String> own) {
        Map<String, String> values = new HashMap<>(own);
        values.put("kafka.bootstrap.servers", platform.bootstrapServers());
        values.put("gateway.open", "true");
        values.put("schema.registry.url", platform.registryUrl());
        values.put("topics.prefix", platform.topicPrefix());
        values.put("topics.partitions", Integer.toString(PARTITIONS));
        values.put("topics.replication.factor", "1");
        return Settings.of(values);
    }
}
