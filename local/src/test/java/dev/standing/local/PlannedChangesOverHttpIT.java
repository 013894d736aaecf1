package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.gateway.GatewayService;
import dev.standing.processor.ProcessorService;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.service.settings.Settings;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicProvisioning;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is planned over all customers, which two processors have between them, asked for through a gateway. */
@OnAnyPlatform
class PlannedChangesOverHttpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final int CUSTOMERS = 24;
    private static final Instant FIRST = Instant.parse("2096-01-01T00:00:00Z");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static TestPlatform platform;
    private static ProcessorService one;
    private static ProcessorService two;
    private static GatewayService gateway;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        platform = TestPlatform.start();
        Map<String, String> kafka = Map.of("bootstrap.servers", platform.bootstrapServers());
        TopicCatalogue topics = new TopicCatalogue(platform.topicPrefix(), PARTITIONS, 1);
        try (TopicProvisioning provisioning = TopicProvisioning.connect(kafka, topics);
                SchemaRegistryClient registry =
                        new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()))) {
            provisioning.provision();
            new SchemaProvisioning(registry, topics).provision();
        }
        one = processor(directory.resolve("one"));
        gateway = GatewayService.start(settings(
                Map.of("gateway.port", "0", "gateway.processors", one.url(), "gateway.query.timeout", "PT20S")));
        plan();
        two = processor(directory.resolve("two"));
        await().atMost(PATIENCE).until(() -> covers(one) && covers(two));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        one.close();
        two.close();
        platform.close();
    }

    /** The customers' changes lie at the same time in threes; every fourth is pending. */
    private static void plan() throws Exception {
        for (int i = 0; i < CUSTOMERS; i++) {
            post("/v1/customers", "{\"requestId\":\"r-1\",\"customerId\":\"%s\"}".formatted(customer(i)), 201);
            post(
                    "/v1/customers/state",
                    """
                    {"requestId": "r-2", "customer": {"refId": "%s"}, "state": {"state": "SUSPENDED",
                      "stateReason": "dfltSuspended", "stateValidFrom": "%s"%s}}""".formatted(customer(i), at(i), i % 4 == 0 ? ", \"pending\": true" : ""),
                    200);
        }
    }

    private static String customer(int i) {
        return "c-%02d".formatted(i);
    }

    private static Instant at(int i) {
        return FIRST.plusSeconds(i / 3);
    }

    @Test
    void pagesOverBothProcessorsHaveEveryChangeOnceAndSoonestFirst() throws Exception {
        assertThat(pages(5, "")).containsExactlyElementsOf(customers(i -> true));
        assertThat(pages(CUSTOMERS, "")).containsExactlyElementsOf(customers(i -> true));
        assertThat(get("/v1/changes?limit=1")).hasToString("""
                {"changes":[{"customerId":"c-00","changeId":"c-00:2","status":"PENDING","state":"SUSPENDED",\
                "stateReason":"dfltSuspended","stateValidFrom":"2096-01-01T00:00:00Z"}],"next":"gAADncjYzABjLTAwAGMtMDA6Mg"}""");
    }

    @Test
    void aStatusAndADateNarrowWhatIsListed() throws Exception {
        assertThat(pages(4, "&status=PENDING")).containsExactlyElementsOf(customers(i -> i % 4 == 0));
        assertThat(pages(4, "&status=SCHEDULED")).containsExactlyElementsOf(customers(i -> i % 4 != 0));
        assertThat(pages(4, "&dueBefore=" + at(6))).containsExactlyElementsOf(customers(i -> i < 6));
        assertThat(pages(4, "&status=PENDING&dueBefore=" + at(6).plusMillis(1)))
                .containsExactlyElementsOf(customers(i -> i % 4 == 0 && i < 9));
    }

    @Test
    void whatAnswersSayIsInTheListAtOnce() throws Exception {
        post("/v1/customers", "{\"requestId\":\"r-1\",\"customerId\":\"moved\"}", 201);
        for (int round = 1; round <= 10; round++) {
            Instant at = FIRST.minusSeconds(round);
            post("/v1/customers/state", """
                    {"requestId": "p-%d", "customer": {"refId": "moved"}, "state": {"state": "SUSPENDED",
                      "stateReason": "dfltSuspended", "stateValidFrom": "%s", "pending": true}}""".formatted(round, at), 200);

            JsonNode changes = get("/v1/changes?dueBefore=" + FIRST).get("changes");

            assertThat(changes).hasSize(1);
            assertThat(changes.get(0).get("stateValidFrom").textValue()).isEqualTo(at.toString());
        }
        post("/v1/customers/state", """
                {"requestId": "c", "customer": {"refId": "moved"}, "state": {"state": "SUSPENDED",
                  "stateReason": "dfltSuspended", "stateValidFrom": null, "pending": true}}""", 200);
        assertThat(get("/v1/changes?dueBefore=" + FIRST).get("changes")).isEmpty();
    }

    @Test
    void whatIsMalformedIsRefused() throws Exception {
        for (String parameter :
                List.of("status=pending", "dueBefore=2024-05-01", "limit=0", "after=12", "after=AAAA%3D", "page=2")) {
            HttpResponse<String> answer =
                    send(request("/v1/changes?" + parameter).GET());
            JsonNode problem = MAPPER.readTree(answer.body());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(problem.get("code").textValue()).isEqualTo("INVALID_REQUEST");
            assertThat(problem.get("field").textValue()).isEqualTo(parameter.substring(0, parameter.indexOf('=')));
        }
    }

    @Test
    void whenAProcessorLeavesItsPartOfTheListIsNotMissed(@TempDir Path directory) throws Exception {
        ProcessorService three = processor(directory.resolve("three"));
        three.close();

        List<String> all = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            HttpResponse<String> answer = send(request("/v1/changes").GET());
            if (answer.statusCode() == 503) {
                return false;
            }
            all.addAll(names(MAPPER.readTree(answer.body())));
            return true;
        });
        assertThat(all).containsExactlyElementsOf(customers(i -> true));
    }

    /** Goes through the list to its end. */
    private static List<String> pages(int limit, String parameters) throws Exception {
        List<String> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            JsonNode page = get("/v1/changes?limit=" + limit + parameters
                    + next.map(after -> "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8))
                            .orElse(""));
            List<String> names = names(page);
            next = Optional.ofNullable(page.get("next").textValue());
            assertThat(names).hasSizeLessThanOrEqualTo(limit);
            assertThat(names).hasSize(next.isPresent() ? limit : names.size());
            all.addAll(names);
        } while (next.isPresent());
        return all;
    }

    private static List<String> names(JsonNode page) {
        return StreamSupport.stream(page.get("changes").spliterator(), false)
                .map(change -> change.get("customerId").textValue())
                .toList();
    }

    private static List<String> customers(Predicate<Integer> predicate) {
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            if (predicate.test(i)) {
                customers.add(customer(i));
            }
        }
        return customers;
    }

    /** Whether a processor has some of the partitions, and not all. */
    private static boolean covers(ProcessorService processor) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(processor.url() + "/query/changes")));
        int covered = answer.statusCode() == 200
                ? MAPPER.readTree(answer.body()).get("covered").size()
                : 0;
        return covered > 0 && covered < PARTITIONS;
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = send(request(path).GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private static void post(String path, String body, int status) throws Exception {
        HttpResponse<String> answer =
                send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.url() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static ProcessorService processor(Path stateDirectory) {
        ProcessorService processor = ProcessorService.start(settings(Map.of(
                "processor.query.port",
                "0",
                "processor.state.dir",
                stateDirectory.toString(),
                "processor.streams.consumer.session.timeout.ms",
                "6000")));
        await().atMost(PATIENCE)
                .dontCatchUncaughtExceptions()
                .until(() -> processor.obstacles().isEmpty());
        return processor;
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
