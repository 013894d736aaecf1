package dev.standing.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.avro.ChangeState;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerState;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.RegisterCustomer;
import dev.standing.avro.ResultStatus;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.AvroSerializer;
import dev.standing.service.settings.Settings;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import dev.standing.topics.TopicProvisioning;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries of one processor and of two, on a real broker and a real registry. */
@OnAnyPlatform
class QueryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static TestPlatform platform;
    private static SchemaRegistryClient registry;
    private static int tests;

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(Redirect.ALWAYS).build();
    private final HttpClient unredirected = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private TopicCatalogue topics;
    private KafkaProducer<byte[], byte[]> producer;
    private KafkaConsumer<byte[], byte[]> results;

    @BeforeAll
    static void startPlatform() {
        platform = TestPlatform.start();
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
        topics = new TopicCatalogue("query" + ++tests + ".", PARTITIONS, 1);
        Map<String, String> kafka = Map.of("bootstrap.servers", platform.bootstrapServers());
        try (TopicProvisioning provisioning = TopicProvisioning.connect(kafka, topics)) {
            provisioning.provision();
        }
        new SchemaProvisioning(registry, topics).provision();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.bootstrapServers(), "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        results = new KafkaConsumer<>(
                Map.of("bootstrap.servers", platform.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(new TopicPartition(topics.results().name(), partition));
        }
        results.assign(partitions);
        results.seekToBeginning(partitions);
    }

    @AfterEach
    void closeClients() {
        producer.close(Duration.ofSeconds(1));
        results.close();
    }

    @Test
    void whatWasAnsweredIsInEveryQueryThatIsAskedAfterwards() throws Exception {
        try (ProcessorService processor = ready("a")) {
            List<String> customers = List.of("c-0", "c-1", "c-2", "c-3", "c-4", "c-5", "c-6", "c-7");
            for (String customer : customers) {
                execute(registration(customer));
            }
            for (int round = 1; round <= 50; round++) {
                for (String customer : customers) {
                    CustomerState state = round % 2 == 0 ? CustomerState.ACTIVE : CustomerState.SUSPENDED;

                    CommandResult result = execute(change(customer, "r-" + round, state));
                    JsonNode found = ok(processor, "/query/customers?customerId=" + customer);

                    assertThat(result.getStatus()).isEqualTo(ResultStatus.APPLIED);
                    assertThat(found.at("/version").longValue()).isEqualTo(round + 1);
                    assertThat(found.at("/state/state").textValue()).isEqualTo(state.name());
                }
            }
        }
    }

    @Test
    void aCustomerIsShownAsItWasAtAnyTimeAsKnownAtAnyTime() throws Exception {
        Instant registered = Instant.parse("2024-01-01T00:00:00Z");
        try (ProcessorService processor = ready("a")) {
            Instant first = decidedAt(execute(registration("c-1", registered)));
            Instant second = decidedAt(
                    execute(change("c-1", "r-1", CustomerState.SUSPENDED, Instant.parse("2024-05-01T00:00:00Z"))));
            awaitLaterThan(second);
            Instant third = decidedAt(
                    execute(change("c-1", "r-2", CustomerState.BLOCKED, Instant.parse("2024-03-01T00:00:00Z"))));

            assertThat(stateAsOf(processor, "2024-02-01T00:00:00Z")).isEqualTo("ACTIVE");
            assertThat(stateAsOf(processor, "2024-04-01T00:00:00+02:00")).isEqualTo("BLOCKED");
            assertThat(stateAsOf(processor, "2024-06-01T00:00:00Z")).isEqualTo("BLOCKED");
            JsonNode before = ok(
                    processor,
                    "/query/customers?customerId=c-1&asOf=2024-06-01T00:00:00Z&knownAt=" + third.minusMillis(1));
            assertThat(before.at("/state/state").textValue()).isEqualTo("SUSPENDED");
            assertThat(before.at("/state/stateValidFrom").textValue()).isEqualTo("2024-05-01T00:00:00Z");
            assertThat(before.at("/state/recordedAt").textValue()).isEqualTo(second.toString());
            assertThat(before.at("/version").longValue()).isEqualTo(2);
            assertStatus(processor, "/query/customers?customerId=c-1&asOf=2023-12-31T23:59:59Z", 404);
            assertStatus(processor, "/query/customers?customerId=c-1&knownAt=" + first.minusMillis(1), 404);
        }
    }

    @Test
    void aChangeThatIsDueButNotAppliedIsShownAsApplied() throws Exception {
        try (ProcessorService processor = ready("a")) {
            execute(registration("c-1"));
            Instant due = InstantSource.system()
                    .instant()
                    .truncatedTo(ChronoUnit.MILLIS)
                    .plusMillis(1_500);
            CommandResult scheduled = execute(change("c-1", "r-1", CustomerState.SUSPENDED, due));
            assertThat(scheduled.getStatus()).isEqualTo(ResultStatus.SCHEDULED);

            JsonNode settled = awaiting()
                    .until(
                            () -> ok(processor, "/query/customers?customerId=c-1"),
                            found -> found.at("/plannedChanges").isEmpty());

            assertThat(settled.at("/state/state").textValue()).isEqualTo("SUSPENDED");
            assertThat(settled.at("/state/stateValidFrom").textValue()).isEqualTo(due.toString());
            JsonNode asOf = ok(processor, "/query/customers?customerId=c-1&asOf=" + due);
            assertThat(asOf.at("/state/state").textValue()).isEqualTo("SUSPENDED");
            assertThat(ok(processor, "/query/customers?customerId=c-1&asOf=" + due.minusMillis(1))
                            .at("/state/state")
                            .textValue())
                    .isEqualTo("ACTIVE");
        }
    }

    @Test
    void theHistoryIsReadInPagesAndIsAChain() throws Exception {
        try (ProcessorService processor = ready("a")) {
            execute(registration("c-1"));
            for (int i = 1; i <= 6; i++) {
                execute(change("c-1", "r-" + i, i % 2 == 0 ? CustomerState.ACTIVE : CustomerState.SUSPENDED));
            }
            execute(registration("c-10"));

            JsonNode first = ok(processor, "/query/events?customerId=c-1&limit=3");
            JsonNode second = ok(processor, "/query/events?customerId=c-1&limit=4&after=" + first.get("next"));
            JsonNode beyond = ok(processor, "/query/events?customerId=c-1&after=7");

            assertThat(first.get("events")).hasSize(3);
            assertThat(first.at("/next").longValue()).isEqualTo(3);
            assertThat(second.get("events")).hasSize(4);
            assertThat(second.get("next").isNull()).isTrue();
            assertThat(beyond.get("events")).isEmpty();
            assertThat(beyond.get("next").isNull()).isTrue();
            List<JsonNode> all = new ArrayList<>();
            first.get("events").forEach(all::add);
            second.get("events").forEach(all::add);
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).get("sequence").longValue()).isEqualTo(i + 1);
                assertThat(all.get(i).get("previousHash").textValue())
                        .isEqualTo(i == 0 ? null : all.get(i - 1).get("hash").textValue());
            }
        }
    }

    @Test
    void whatIsNotThereAndWhatIsWrongIsTold() throws Exception {
        try (ProcessorService processor = ready("a")) {
            assertProblem(processor, "/query/customers?customerId=none", 404, "UNKNOWN_CUSTOMER", null);
            assertProblem(processor, "/query/events?customerId=none", 404, "UNKNOWN_CUSTOMER", null);
            assertProblem(processor, "/query/external-ids?externalId=none", 404, "UNKNOWN_CUSTOMER", null);
            assertProblem(processor, "/query/requests?customerId=a&source=s&requestId=r", 404, "UNKNOWN_REQUEST", null);
            assertInvalid(processor, "/query/requests?customerId=a&source=s", "requestId");
            assertInvalid(processor, "/query/requests?customerId=a&source=s&requestId=r&asOf=x", "asOf");
            assertInvalid(processor, "/query/customers", "customerId");
            assertInvalid(processor, "/query/customers?customerId=", "customerId");
            assertInvalid(processor, "/query/customers?customerId=a&customerId=b", "customerId");
            assertInvalid(processor, "/query/customers?customerId=a&asof=2024-05-01T00:00:00Z", "asof");
            assertInvalid(processor, "/query/customers?customerId=a&asOf=2024-05-01T00:00:00", "asOf");
            assertInvalid(processor, "/query/customers?customerId=a&knownAt=yesterday", "knownAt");
            assertInvalid(processor, "/query/events?customerId=a&limit=0", "limit");
            assertInvalid(processor, "/query/events?customerId=a&limit=1001", "limit");
            assertInvalid(processor, "/query/events?customerId=a&after=-1", "after");
        }
    }

    @Test
    void anExternalIdLeadsToItsCustomer() throws Exception {
        try (ProcessorService processor = ready("a")) {
            claim("x-1", "c-1");
            claim("x \u00e9/2", "c-2");

            JsonNode found = ok(processor, "/query/external-ids?externalId=x-1");
            assertThat(found.toString()).isEqualTo("{\"externalId\":\"x-1\",\"customerId\":\"c-1\"}");
            String escaped = URLEncoder.encode("x \u00e9/2", UTF_8);
            assertThat(ok(processor, "/query/external-ids?externalId=" + escaped)
                            .at("/customerId")
                            .textValue())
                    .isEqualTo("c-2");

            producer.send(new ProducerRecord<>(topics.externalIds().name(), "x-1".getBytes(UTF_8), null))
                    .get();
            assertStatus(processor, "/query/external-ids?externalId=x-1", 404);
        }
    }

    @Test
    void everyProcessorLeadsToTheOneThatCanAnswerAndOneIsEnough() throws Exception {
        List<String> customers = new ArrayList<>();
        try (ProcessorService one = ready("a")) {
            for (int i = 0; i < 40; i++) {
                customers.add("c-" + i);
                execute(registration("c-" + i));
            }
            try (ProcessorService two = ready("b")) {
                awaiting().until(() -> isRedirected(one, customers) && isRedirected(two, customers));

                for (String customer : customers) {
                    assertThat(eventually(one, customer).at("/version").longValue())
                            .isEqualTo(1);
                    assertThat(eventually(two, customer).at("/version").longValue())
                            .isEqualTo(1);
                }
                for (String customer : customers) {
                    execute(change(customer, "r-1", CustomerState.SUSPENDED));
                    assertThat(eventually(one, customer).at("/state/state").textValue())
                            .isEqualTo("SUSPENDED");
                    assertThat(eventually(two, customer).at("/state/state").textValue())
                            .isEqualTo("SUSPENDED");
                }
            }
            for (String customer : customers) {
                assertThat(eventually(one, customer).at("/version").longValue()).isEqualTo(2);
            }
        }
    }

    @Test
    void aRestartedProcessorAnswersAgain() throws Exception {
        try (ProcessorService before = ready("a")) {
            execute(registration("c-1"));
            assertThat(ok(before, "/query/customers?customerId=c-1")
                            .at("/version")
                            .longValue())
                    .isEqualTo(1);
            execute(change("c-1", "r-1", CustomerState.SUSPENDED));
        }
        try (ProcessorService again = ready("a")) {
            assertThat(eventually(again, "c-1").at("/version").longValue()).isEqualTo(2);
            assertThat(result(again, "c-1", "r-1").at("/status").textValue()).isEqualTo("APPLIED");
        }
        try (ProcessorService elsewhere = ready("other")) {
            assertThat(eventually(elsewhere, "c-1").at("/version").longValue()).isEqualTo(2);
            assertThat(result(elsewhere, "c-1", "r-1").at("/customer/version").longValue())
                    .isEqualTo(2);
        }
    }

    @Test
    void whatWasAnsweredIsFoundByItsRequestAtOnce() throws Exception {
        try (ProcessorService processor = ready("a")) {
            for (int i = 0; i < 8; i++) {
                execute(registration("c-" + i));
            }
            for (int round = 1; round <= 20; round++) {
                CustomerState state = round % 2 == 0 ? CustomerState.ACTIVE : CustomerState.SUSPENDED;
                for (int i = 0; i < 8; i++) {
                    execute(change("c-" + i, "r-" + round, state));

                    JsonNode found =
                            ok(processor, "/query/requests?customerId=c-" + i + "&source=test&requestId=r-" + round);

                    assertThat(found.at("/customer/version").longValue()).isEqualTo(round + 1);
                }
            }
        }
    }

    /** As after an upgrade from a release whose read model kept no results. */
    @Test
    void aReadModelWithoutResultsReadsThemFromTheBeginning() throws Exception {
        try (ProcessorService processor = ready("a")) {
            execute(registration("c-1"));
            execute(change("c-1", "r-1", CustomerState.SUSPENDED));
            result(processor, "c-1", "r-1");
        }
        String application = "query" + tests + ".processor-history";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
            admin.deleteConsumerGroupOffsets(application, results.assignment())
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            admin.deleteTopics(List.of(application + "-results-changelog"))
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        try (ProcessorService upgraded = ready("b")) {
            assertThat(result(upgraded, "c-1", "registration").at("/status").textValue())
                    .isEqualTo("REGISTERED");
            assertThat(result(upgraded, "c-1", "r-1").at("/status").textValue()).isEqualTo("APPLIED");
            assertThat(eventually(upgraded, "c-1").at("/version").longValue()).isEqualTo(2);
        }
    }

    @Test
    void aReadModelThatCannotGoOnAnswersNothingAndStopsNoCommand() throws Exception {
        try (ProcessorService processor = ready("a")) {
            execute(registration("c-1"));
            ok(processor, "/query/customers?customerId=c-1");
            producer.send(new ProducerRecord<>(
                            topics.events().name(), "c-1".getBytes(UTF_8), "no event".getBytes(UTF_8)))
                    .get();

            HttpResponse<String> answer = get(http, processor, "/query/customers?customerId=c-1");
            CommandResult result = execute(change("c-1", "r-1", CustomerState.SUSPENDED));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(MAPPER.readTree(answer.body()).at("/code").textValue()).isEqualTo("UNAVAILABLE");
            assertThat(result.getStatus()).isEqualTo(ResultStatus.APPLIED);
            awaiting().until(() -> processor.obstacles().toString().contains("read model"));
            assertThat(processor.stopped().toCompletableFuture()).isNotDone();
        }
    }

    /** While partitions move nobody may be able to answer, or be where others lead: but there is no wrong answer. */
    private JsonNode eventually(ProcessorService processor, String customer) throws Exception {
        return answered(processor, "/query/customers?customerId=" + customer);
    }

    private JsonNode result(ProcessorService processor, String customer, String requestId) throws Exception {
        return answered(processor, "/query/requests?customerId=" + customer + "&source=test&requestId=" + requestId);
    }

    private JsonNode answered(ProcessorService processor, String path) throws Exception {
        HttpResponse<String> response = awaiting()
                .ignoreExceptionsInstanceOf(ConnectException.class)
                .pollDelay(Duration.ZERO)
                .until(
                        () -> get(http, processor, path),
                        answer -> answer.statusCode() != 503 && answer.statusCode() != 307);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return MAPPER.readTree(response.body());
    }

    private boolean isRedirected(ProcessorService processor, List<String> customers) throws Exception {
        for (String customer : customers) {
            if (get(unredirected, processor, "/query/customers?customerId=" + customer)
                            .statusCode()
                    == 307) {
                return true;
            }
        }
        return false;
    }

    private String stateAsOf(ProcessorService processor, String instant) throws Exception {
        return ok(processor, "/query/customers?customerId=c-1&asOf=" + URLEncoder.encode(instant, UTF_8))
                .at("/state/state")
                .textValue();
    }

    private JsonNode ok(ProcessorService processor, String path) throws Exception {
        return MAPPER.readTree(assertStatus(processor, path, 200).body());
    }

    private HttpResponse<String> assertStatus(ProcessorService processor, String path, int status) throws Exception {
        HttpResponse<String> response = get(http, processor, path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(JSON);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        return response;
    }

    private void assertInvalid(ProcessorService processor, String path, String field) throws Exception {
        assertProblem(processor, path, 400, "INVALID_REQUEST", field);
    }

    private void assertProblem(ProcessorService processor, String path, int status, String code, String field)
            throws Exception {
        JsonNode problem = MAPPER.readTree(assertStatus(processor, path, status).body());
        assertThat(problem.at("/code").textValue()).isEqualTo(code);
        assertThat(problem.at("/field").textValue()).isEqualTo(field);
        assertThat(problem.at("/detail").textValue()).isNotEmpty();
    }

    private static HttpResponse<String> get(HttpClient client, ProcessorService processor, String path)
            throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + processor.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private ProcessorService ready(String stateDirectory) {
        Map<String, String> values = new HashMap<>();
        values.put("kafka.bootstrap.servers", platform.bootstrapServers());
        values.put("schema.registry.url", platform.registryUrl());
        values.put("topics.prefix", "query" + tests + ".");
        values.put("topics.partitions", Integer.toString(PARTITIONS));
        values.put("topics.replication.factor", "1");
        values.put("processor.query.port", "0");
        values.put("processor.state.dir", directory.resolve(stateDirectory).toString());
        values.put("processor.streams.consumer.session.timeout.ms", "6000");
        ProcessorService processor = ProcessorService.start(Settings.of(values));
        awaiting().until(() -> processor.obstacles().isEmpty());
        return processor;
    }

    private CommandResult execute(CustomerCommand command) throws Exception {
        send(topics.commands(), command.getCustomerId(), command);
        try (AvroDeserializer<CommandResult> deserializer =
                new AvroDeserializer<>(registry, CommandResult.class, false)) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : results.poll(PATIENCE)) {
                    CommandResult result = deserializer.deserialize(record.topic(), record.headers(), record.value());
                    if (result.getCommandId().equals(command.getCommandId())) {
                        return result;
                    }
                }
            }
        }
    }

    private void claim(String externalId, String customerId) throws Exception {
        send(
                topics.externalIds(),
                externalId,
                new ExternalIdClaim(externalId, customerId, "cmd", Instant.parse("2024-01-01T00:00:00Z")));
    }

    private <T extends SpecificRecord> void send(TopicDefinition topic, String key, T value) throws Exception {
        try (AvroSerializer<T> serializer = new AvroSerializer<>(registry, false)) {
            producer.send(new ProducerRecord<>(
                            topic.name(), key.getBytes(UTF_8), serializer.serialize(topic.name(), value)))
                    .get();
        }
    }

    /** Stream threads that die are the business of the processor, and not of whoever waits at that time. */
    private static ConditionFactory awaiting() {
        return await().atMost(PATIENCE).dontCatchUncaughtExceptions();
    }

    private static void awaitLaterThan(Instant instant) {
        awaiting().until(() -> InstantSource.system().instant().isAfter(instant.plusMillis(2)));
    }

    private static Instant decidedAt(CommandResult result) {
        return result.getDecidedAt();
    }

    private static CustomerCommand registration(String customerId) {
        return command(customerId, "registration")
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(RegisterCustomer.newBuilder().build())
                .build();
    }

    private static CustomerCommand registration(String customerId, Instant validFrom) {
        return command(customerId, "registration")
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(RegisterCustomer.newBuilder()
                        .setState(CustomerState.ACTIVE)
                        .setStateReason("dfltActive")
                        .setValidFrom(validFrom)
                        .build())
                .build();
    }

    private static CustomerCommand change(String customerId, String requestId, CustomerState state) {
        return change(
                customerId,
                requestId,
                ChangeState.newBuilder().setState(state).setDefaultReason(true).build());
    }

    private static CustomerCommand change(String customerId, String requestId, CustomerState state, Instant validFrom) {
        return change(
                customerId,
                requestId,
                ChangeState.newBuilder()
                        .setState(state)
                        .setDefaultReason(true)
                        .setValidFrom(validFrom)
                        .build());
    }

    private static CustomerCommand change(String customerId, String requestId, ChangeState change) {
        return command(customerId, requestId)
                .setType(CommandType.CHANGE_STATE)
                .setChangeState(change)
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
