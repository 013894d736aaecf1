package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.gateway.access.KeyCredential;
import dev.standing.local.RestClient.Answered;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The calls of the gateway, each against all that belongs to it: a real broker and registry, a processor, keys. Every
 * exchange is held to the OpenAPI document besides.
 */
class HttpTableIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static LocalProcess local;
    private static RestClient rest;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        local = LocalProcess.local(directory, directory.resolve("data")).awaitReady();
        rest = new RestClient(local.address("HTTP"))
                .with("Authorization", local.key().basic());
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    /** {@code POST /jsonrpc}. */
    @Test
    void theVendorsCallAndABatchOfThem() throws Exception {
        register("rpc");

        Answered single = rest.post("/jsonrpc", call("rpc", "SUSPENDED"));
        Answered batch = rest.post(
                "/jsonrpc",
                "[" + call("rpc", "ACTIVE") + ",{\"jsonrpc\":\"2.0\",\"method\":\"nothing\"},"
                        + call("nobody", "ACTIVE") + "," + call("rpc", "HAPPY") + "]");

        assertThat(single.body()).hasToString("{\"id\":\"1\",\"result\":{\"Id\":\"rpc\",\"Status\":\"SUSPENDED\"}}");
        assertThat(batch.body()).hasSize(3);
        assertThat(batch.body().at("/0/result/Status").textValue()).isEqualTo("ACTIVE");
        assertThat(batch.body().at("/1/error/code").intValue()).isEqualTo(-32002);
        assertThat(batch.body().at("/1/error/data/code").textValue()).isEqualTo("UNKNOWN_CUSTOMER");
        assertThat(batch.body().at("/2/error/code").intValue()).isEqualTo(-32602);
        assertThat(batch.body().at("/2/error/data/field").textValue()).isEqualTo("params.payload.status");
    }

    /** {@code POST /v1/customers}. */
    @Test
    void aCustomerIsRegisteredOnce() throws Exception {
        Answered registered = rest.post("/v1/customers", """
                {"requestId": "r", "customerId": "reg", "externalId": "reg-x", "attributes": {"tier": "gold"},
                 "state": {"state": "SUSPENDED", "stateReason": "nonPayment", "stateValidFrom": "2024-05-01T00:00:00+02:00"}}""");
        Answered again = rest.post("/v1/customers", "{\"requestId\":\"r2\",\"customerId\":\"reg\"}");

        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.header("Location")).isEqualTo("/v1/customers/reg");
        assertThat(registered.header("ETag")).isEqualTo("\"1\"");
        assertThat(registered.body().at("/customer/state/stateValidFrom").textValue())
                .isEqualTo("2024-04-30T22:00:00Z");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("code")).isEqualTo("ALREADY_REGISTERED");
    }

    /** {@code POST /v1/customers/state}, with what OCS.io has: now, in the future, pending, confirmed, cancelled. */
    @Test
    void aStateIsChangedNowAndOnADateAndWhenSomebodyConfirms() throws Exception {
        register("state");

        assertThat(change("state", "a", "\"SUSPENDED\", \"stateReason\": \"nonPayment\""))
                .isEqualTo("APPLIED");
        assertThat(change("state", "a", "\"SUSPENDED\", \"stateReason\": \"nonPayment\""))
                .isEqualTo("APPLIED");
        assertThat(change(
                        "state",
                        "b",
                        "\"ACTIVE\", \"stateReason\": \"dfltActive\", \"stateValidFrom\": \"2099-01-01T00:00:00Z\""))
                .isEqualTo("SCHEDULED");
        assertThat(
                        change(
                                "state",
                                "c",
                                "\"BLOCKED\", \"stateReason\": \"fraud\", \"pending\": true, \"stateValidFrom\": \"2098-01-01T00:00:00Z\""))
                .isEqualTo("PENDING");
        assertThat(change("state", "d", "\"BLOCKED\", \"stateReason\": \"fraud\", \"pending\": false"))
                .isEqualTo("CONFIRMED");
        assertThat(change(
                        "state",
                        "e",
                        "\"BLOCKED\", \"stateReason\": \"fraud\", \"pending\": true, \"stateValidFrom\": null"))
                .isEqualTo("CANCELLED");
        assertThat(change("state", "f", "\"ACTIVE\", \"stateReason\": \"dfltActive\", \"pending\": true"))
                .isEqualTo("INVALID_REQUEST");
    }

    /** {@code GET /v1/customers/{customerId}} and {@code ?externalId=}, now and in the past. */
    @Test
    void aCustomerIsFoundAsItIsAndAsItWas() throws Exception {
        rest.post("/v1/customers", "{\"requestId\":\"r\",\"customerId\":\"found\",\"externalId\":\"found-x\"}");
        change(
                "found",
                "s",
                "\"SUSPENDED\", \"stateReason\": \"nonPayment\", \"stateValidFrom\": \"2024-05-01T00:00:00Z\"");

        Answered now = rest.get("/v1/customers/found");

        assertThat(now.header("ETag")).isEqualTo("\"2\"");
        assertThat(now.body().at("/state/state").textValue()).isEqualTo("SUSPENDED");
        assertThat(rest.get("/v1/customers?externalId=found-x").body()).isEqualTo(now.body());
        assertThat(rest.get("/v1/customers/found", "If-None-Match", "\"2\"").status())
                .isEqualTo(304);
        assertThat(rest.get("/v1/customers/found?asOf=2024-06-01T00:00:00Z")
                        .body()
                        .at("/state/state")
                        .textValue())
                .isEqualTo("SUSPENDED");
        assertThat(rest.get("/v1/customers/found?asOf=2024-04-01T00:00:00Z").status())
                .isEqualTo(404);
        assertThat(rest.get("/v1/customers/nobody").text("code")).isEqualTo("UNKNOWN_CUSTOMER");
    }

    /** {@code GET /v1/customers/{customerId}/events}. */
    @Test
    void theHistoryIsReadPageByPage() throws Exception {
        register("history");
        change("history", "s", "\"SUSPENDED\", \"stateReason\": \"nonPayment\"");

        Answered first = rest.get("/v1/customers/history/events?limit=1");
        Answered last = rest.get("/v1/customers/history/events?after=1");

        assertThat(first.body().at("/events/0/type").textValue()).isEqualTo("CustomerRegistered");
        assertThat(first.body().at("/next").intValue()).isEqualTo(1);
        assertThat(last.body().at("/events/0/type").textValue()).isEqualTo("StateChanged");
        assertThat(last.body().at("/events/0/previousHash"))
                .isEqualTo(first.body().at("/events/0/hash"));
        assertThat(last.body().at("/events/0/source").textValue()).isEqualTo("local");
        assertThat(last.body().at("/next").isNull()).isTrue();
    }

    /** {@code DELETE /v1/customers/{customerId}/changes/{changeId}}, {@code GET /v1/changes}. */
    @Test
    void aPlannedChangeIsListedAndCancelled() throws Exception {
        register("planned");
        change(
                "planned",
                "s",
                "\"ACTIVE\", \"stateReason\": \"dfltActive\", \"stateValidFrom\": \"2090-01-01T00:00:00Z\"");

        JsonNode listed = rest.get("/v1/changes?status=SCHEDULED&dueBefore=2091-01-01T00:00:00Z&limit=1")
                .body()
                .at("/changes/0");
        String path = "/v1/customers/planned/changes/" + listed.at("/changeId").textValue();
        Answered cancelled = rest.delete(path, "Idempotency-Key", "cancel");

        assertThat(listed.at("/customerId").textValue()).isEqualTo("planned");
        assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
        assertThat(rest.delete(path, "Idempotency-Key", "cancel")
                        .body()
                        .at("/replayed")
                        .booleanValue())
                .isTrue();
        assertThat(rest.get("/v1/changes?dueBefore=2091-01-01T00:00:00Z").body().at("/changes"))
                .isEmpty();
    }

    /** {@code POST}, {@code GET}, {@code DELETE .../subordinates}. */
    @Test
    void subordinatesComeAndGo() throws Exception {
        register("parent");

        Answered registered = rest.post("/v1/customers/parent/subordinates", """
                {"requestId": "s", "subordinates": [{"type": "ACCOUNT", "id": "a-1"},
                  {"type": "SUBSCRIPTION", "id": "s-1", "parent": {"type": "ACCOUNT", "id": "a-1"}}]}""");
        Answered refused = rest.delete("/v1/customers/parent/subordinates/ACCOUNT/a-1", "Idempotency-Key", "d");
        Answered removed = rest.delete("/v1/customers/parent/subordinates/SUBSCRIPTION/s-1", "Idempotency-Key", "d2");

        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.header("Location")).isEqualTo("/v1/customers/parent/subordinates");
        assertThat(refused.text("code")).isEqualTo("INVALID_HIERARCHY");
        assertThat(removed.text("status")).isEqualTo("REMOVED");
        assertThat(rest.get("/v1/customers/parent/subordinates").body())
                .hasToString(
                        "{\"subordinates\":[{\"type\":\"ACCOUNT\",\"id\":\"a-1\",\"parent\":null,\"state\":\"ACTIVE\","
                                + "\"stateReason\":\"dfltActive\"}],\"next\":null}");
    }

    /** {@code GET .../requests/{requestId}}, where a 202 leads to. */
    @Test
    void whatIsAcceptedIsFoundWhenItIsDecided() throws Exception {
        Answered accepted = rest.post(
                "/v1/customers", "{\"requestId\":\"r 1\",\"customerId\":\"later\"}", "Prefer", "respond-async");

        assertThat(accepted.status()).isIn(201, 202);
        String location = "/v1/customers/later/requests/r%201";
        Answered result = await().atMost(PATIENCE).until(() -> rest.get(location), answer -> answer.status() == 200);
        assertThat(result.text("status")).isEqualTo("REGISTERED");
        assertThat(result.body().at("/replayed").booleanValue()).isTrue();
        assertThat(rest.get("/v1/customers/later/requests/none").text("code")).isEqualTo("UNKNOWN_REQUEST");
    }

    /** {@code GET /v1/events}. */
    @Test
    void theFeedGoesOnWhereItWasLeft() throws Exception {
        register("fed");
        List<String> first = follow("earliest", 1);
        change("fed", "s", "\"SUSPENDED\", \"stateReason\": \"nonPayment\"");

        List<String> second = follow(first.get(0), 1);

        assertThat(JSON.readTree(first.get(1)).at("/type").textValue()).isEqualTo("CustomerRegistered");
        assertThat(JSON.readTree(second.get(1)).at("/type").textValue()).isEqualTo("StateChanged");
        assertThat(JSON.readTree(second.get(1)).at("/customerId").textValue()).isEqualTo("fed");
        assertThat(rest.get("/v1/events", "Last-Event-ID", "nothing").text("field"))
                .isEqualTo("Last-Event-ID");
    }

    /** Ids and data, in turn, of the next events of the customer "fed". */
    private static List<String> follow(String lastEventId, int events) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(local.address("HTTP") + "/v1/events?customerId=fed"))
                .header("Authorization", local.key().basic())
                .header("Last-Event-ID", lastEventId)
                .build();
        HttpResponse<InputStream> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        List<String> seen = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            while (seen.size() < 2 * events) {
                String line = lines.readLine();
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    seen.addAll(List.of(id, line.substring(6)));
                }
            }
        }
        return seen;
    }

    /** What anybody may ask. */
    @Test
    void healthMetricsAndDocumentationAreForAnybody() throws Exception {
        RestClient anybody = new RestClient(local.address("HTTP"));

        assertThat(anybody.get("/health/live").text("status")).isEqualTo("UP");
        assertThat(anybody.get("/health/ready").text("status")).isEqualTo("UP");
        assertThat(anybody.get("/metrics").response().body()).contains("standing_http_requests");
        assertThat(anybody.get("/openapi.json").text("openapi")).startsWith("3.1");
        assertThat(anybody.get("/docs").response().body()).contains("swagger-ui");
        assertThat(anybody.get("/docs/swagger-ui.css").status()).isEqualTo(200);
        assertThat(anybody.get("/v1/changes").status()).isEqualTo(401);
    }

    private static void register(String customerId) throws Exception {
        assertThat(rest.post("/v1/customers", "{\"requestId\":\"register\",\"customerId\":\"" + customerId + "\"}")
                        .status())
                .isEqualTo(201);
    }

    /** The status of what was done, or the code of why it was not. */
    private static String change(String customerId, String requestId, String state) throws Exception {
        Answered answer = rest.post("/v1/customers/state", """
                {"requestId": "%s", "customer": {"refId": "%s"}, "state": {"state": %s}}""".formatted(requestId, customerId, state));
        return answer.status() == 200 ? answer.text("status") : answer.text("code");
    }

    private static String call(String customerId, String status) {
        KeyCredential key = local.key();
        return """
                {"method": "CustomerService.UpdateCustomerStatus", "id": "1", "params": {
                  "api": {"keyId": "%s", "credential": "%s", "signature": ""},
                  "payload": {"ID": "%s", "status": "%s", "notes": "Testing Update"}}}""".formatted(key.keyId(), key.basic(), customerId, status);
    }
}
