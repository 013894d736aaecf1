package dev.standing.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.testing.OnAnyPlatform;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The gateway against a real broker and a real registry: what becomes of well-formed requests. */
@OnAnyPlatform
class GatewayIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUSPENDED = "\"state\":\"SUSPENDED\",\"stateReason\":\"dfltSuspended\"";

    private static Platform platform;
    private static StandInProcessor processor;
    private static StubProcessor queries;
    private static GatewayService gateway;
    private static Http http;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
        processor = new StandInProcessor(platform);
        queries = new StubProcessor();
        gateway = GatewayService.start(platform.settings().with(Map.of("gateway.processors", queries.url())));
        http = new Http(gateway.url());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        gateway.close();
        queries.close();
        processor.close();
        platform.close();
    }

    @Test
    void theNetXdExampleIsAnsweredWithIdAndStatus() throws Exception {
        register("100000000025001", ", \"state\": {\"state\": \"INACTIVE\", \"stateReason\": \"dfltInactive\"}");

        HttpResponse<String> answer = http.post("/jsonrpc", """
                {"method":"CustomerService.UpdateCustomerStatus","id":"1","params":{"api":{"signature":"s","keyId":"k",\
                "credential":"c"},"payload":{"ID":"100000000025001","status":"ACTIVE","notes":"Testing Update"}}}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body())
                .isEqualTo("{\"id\":\"1\",\"result\":{\"Id\":\"100000000025001\",\"Status\":\"ACTIVE\"}}");
        assertThat(lastCommandOf("100000000025001")).doesNotContain("signature");
    }

    @Test
    void theOcsExampleIsAnsweredWithTheCustomer() throws Exception {
        http.post("/v1/customers", "{\"requestId\":\"r\",\"externalId\":\"customer_external_id\"}");

        HttpResponse<String> answer = http.post("/v1/customers/state", """
                {"requestId":"7f9c0c9e-5a43-4a53-9a55-1d6f3a1b2c3d","customer":{"externalId":"customer_external_id"},\
                "state":{"state":"SUSPENDED","stateReason":"dfltSuspended","stateValidFrom":"2024-05-01T00:00:00+02:00"}}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"2\"");
        JsonNode body = JSON.readTree(answer.body());
        String commandId = body.get("commandId").textValue();
        String recordedAt = body.at("/customer/state/recordedAt").textValue();
        assertThat(answer.body())
                .isEqualTo("{\"requestId\":\"7f9c0c9e-5a43-4a53-9a55-1d6f3a1b2c3d\",\"commandId\":\"" + commandId
                        + "\",\"status\":\"APPLIED\",\"replayed\":false,\"customer\":{\"customerId\":"
                        + "\"customer_external_id\",\"externalId\":\"customer_external_id\",\"version\":2,\"state\":"
                        + "{\"state\":\"SUSPENDED\",\"stateReason\":\"dfltSuspended\",\"stateValidFrom\":"
                        + "\"2024-04-30T22:00:00Z\",\"recordedAt\":\"" + recordedAt
                        + "\"},\"plannedChanges\":[]}}");
    }

    @Test
    void aRegistrationIsCreatedAndSaysWhere() throws Exception {
        HttpResponse<String> answer = register("c 1/ü", ", \"attributes\": {\"segment\": \"gold\"}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).hasValue("/v1/customers/c%201%2F%C3%BC");
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(JSON.readTree(answer.body()).at("/status").textValue()).isEqualTo("REGISTERED");
        assertThat(JSON.readTree(answer.body()).at("/customer/externalId").isNull())
                .isTrue();
    }

    @Test
    void itTellsHowLongItsAnswersTook() throws Exception {
        register("measured", "");

        String metrics = http.get("/metrics").body();

        assertThat(metrics)
                .containsPattern("standing_command_answer_seconds_count [1-9]")
                .contains("standing_waiting 0.0")
                .contains("jvm_memory_used_bytes");
        await().untilAsserted(
                        () -> assertThat(http.get("/metrics").body())
                                .contains(
                                        "standing_http_requests_seconds_count{method=\"POST\",route=\"/v1/customers\",status=\"201\"}"));
    }

    @Test
    void theSameRequestAgainGetsTheOriginalAnswer() throws Exception {
        String request = "{\"requestId\":\"once\",\"customerId\":\"replayed\"}";

        HttpResponse<String> first = http.post("/v1/customers", request);
        HttpResponse<String> again = http.post("/v1/customers", request);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body().replace("\"replayed\":false", "\"replayed\":true"));
        assertThat(processor.commandsOf("replayed")).hasSize(2);
    }

    @Test
    void anotherRequestWithTheSameIdIsAConflict() throws Exception {
        register("reused", "");
        change("reused", "same", "SUSPENDED");

        HttpResponse<String> answer = change("reused", "same", "BLOCKED");

        assertProblem(answer, 409, "REQUEST_ID_REUSED", "requestId");
    }

    @Test
    void aRejectionIsAProblemThatNamesTheMemberOfTheApi() throws Exception {
        register("rejected", "");

        assertProblem(change("nobody", "r", "ACTIVE"), 404, "UNKNOWN_CUSTOMER", "customer.refId");
        assertProblem(
                http.post(
                        "/v1/customers/state",
                        "{\"requestId\":\"y\",\"customer\":{\"refId\":\"rejected\"},\"state\":"
                                + "{\"state\":\"SUSPENDED\",\"stateReason\":\"noSuchReason\"}}"),
                422,
                "UNKNOWN_REASON",
                "state.stateReason");
        assertProblem(
                http.post(
                        "/v1/customers/state",
                        "{\"requestId\":\"z\",\"customer\":{\"refId\":\"rejected\"},\"state\":{\"state\":\"SUSPENDED\"}}"),
                400,
                "REASON_REQUIRED",
                "state.stateReason");
    }

    @Test
    void aCustomerIsNamedByAnExternalIdThatIsNotItsCustomerId() throws Exception {
        HttpResponse<String> registered = register("two-ids", ", \"externalId\": \"second/id\"");
        HttpResponse<String> changed = update("{\"externalId\":\"second/id\"}", "r", SUSPENDED);

        assertThat(JSON.readTree(registered.body()).at("/customer/externalId").textValue())
                .isEqualTo("second/id");
        assertThat(JSON.readTree(changed.body()).at("/status").textValue()).isEqualTo("APPLIED");
        assertThat(JSON.readTree(changed.body()).at("/customer/customerId").textValue())
                .isEqualTo("two-ids");
    }

    @Test
    void anExternalIdOfAnEarlierTimeIsLookedUp() throws Exception {
        register("earlier", ", \"externalId\": \"earlier-id\"");
        queries.knows(
                "/query/external-ids?externalId=earlier-id",
                "{\"externalId\":\"earlier-id\",\"customerId\":\"earlier\"}");
        try (GatewayService other =
                GatewayService.start(platform.settings().with(Map.of("gateway.processors", queries.url())))) {
            HttpResponse<String> changed = new Http(other.url())
                    .post("/v1/customers/state", body("{\"externalId\":\"earlier-id\"}", "r", SUSPENDED));

            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(processor.commandsOf("earlier")).hasSize(2);
        }
    }

    @Test
    void anExternalIdThatNobodyHasLeavesNothingInTheLog() throws Exception {
        long before = platform.commands();

        HttpResponse<String> answer = update("{\"externalId\":\"nobody\"}", "the request", SUSPENDED);

        JsonNode problem = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(problem.get("code").textValue()).isEqualTo("UNKNOWN_CUSTOMER");
        assertThat(problem.get("field").textValue()).isEqualTo("customer.externalId");
        assertThat(problem.get("requestId").textValue()).isEqualTo("the request");
        assertThat(problem.has("commandId")).isFalse();
        assertThat(platform.commands()).isEqualTo(before);
    }

    @Test
    void anExternalIdThatIsNotTheCustomersIsRefusedByTheProcessor() throws Exception {
        register("guarded", "");
        queries.knows(
                "/query/external-ids?externalId=not-its-own",
                "{\"externalId\":\"not-its-own\",\"customerId\":\"guarded\"}");

        assertProblem(
                update("{\"externalId\":\"not-its-own\"}", "r", SUSPENDED),
                404,
                "UNKNOWN_CUSTOMER",
                "customer.externalId");
    }

    @Test
    void aChangeIsProposedAndConfirmed() throws Exception {
        register("confirmed", "");
        String refId = "{\"refId\":\"confirmed\"}";

        HttpResponse<String> proposed = update(
                refId, "propose", SUSPENDED + ",\"pending\":true,\"stateValidFrom\":\"2999-01-01T00:00:00+01:00\"");
        HttpResponse<String> other =
                update(refId, "other", "\"state\":\"BLOCKED\",\"stateReason\":\"dfltBlocked\",\"pending\":false");
        HttpResponse<String> confirmed =
                update(refId, "confirm", SUSPENDED + ",\"pending\":false,\"stateValidFrom\":\"2024-05-01T00:00:00Z\"");
        HttpResponse<String> again = update(refId, "again", SUSPENDED + ",\"pending\":false");

        assertThat(status(proposed)).isEqualTo("PENDING");
        assertThat(JSON.readTree(proposed.body())
                        .at("/customer/plannedChanges/0/stateValidFrom")
                        .textValue())
                .isEqualTo("2998-12-31T23:00:00Z");
        assertProblem(other, 409, "STATE_MISMATCH", "state.state");
        assertThat(status(confirmed)).isEqualTo("APPLIED");
        assertThat(JSON.readTree(confirmed.body())
                        .at("/customer/state/stateValidFrom")
                        .textValue())
                .isEqualTo("2024-05-01T00:00:00Z");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("NO_PENDING_CHANGE");
    }

    @Test
    void aChangeIsProposedAndCancelledByItsState() throws Exception {
        register("cancelled", "");
        String refId = "{\"refId\":\"cancelled\"}";

        update(refId, "propose", SUSPENDED + ",\"pending\":true,\"stateValidFrom\":\"2999-01-01T00:00:00Z\"");
        HttpResponse<String> cancelled =
                update(refId, "cancel", SUSPENDED + ",\"pending\":true,\"stateValidFrom\":null");

        assertThat(status(cancelled)).isEqualTo("CANCELLED");
        assertThat(JSON.readTree(cancelled.body()).at("/customer/plannedChanges"))
                .isEmpty();
    }

    @Test
    void aScheduledChangeIsCancelledByItsId() throws Exception {
        register("scheduled/1", "");
        HttpResponse<String> scheduled =
                update("{\"refId\":\"scheduled/1\"}", "r", SUSPENDED + ",\"stateValidFrom\":\"2999-01-01T00:00:00Z\"");
        String changeId = JSON.readTree(scheduled.body())
                .at("/customer/plannedChanges/0/changeId")
                .textValue();
        String path = "/v1/customers/scheduled%2F1/changes/" + changeId.replace("/", "%2F");

        HttpResponse<String> stale = http.delete(path, "Idempotency-Key", "stale", "If-Match", "\"1\"");
        HttpResponse<String> cancelled = http.delete(path, "Idempotency-Key", "cancel");
        HttpResponse<String> replayed = http.delete(path, "Idempotency-Key", "cancel");
        HttpResponse<String> again = http.delete(path, "Idempotency-Key", "again");

        assertThat(status(scheduled)).isEqualTo("SCHEDULED");
        assertProblem(stale, 409, "VERSION_CONFLICT", "If-Match");
        assertThat(status(cancelled)).isEqualTo("CANCELLED");
        assertThat(cancelled.headers().firstValue("ETag")).isPresent();
        assertThat(replayed.body()).isEqualTo(cancelled.body().replace("\"replayed\":false", "\"replayed\":true"));
        assertProblem(again, 409, "NO_PENDING_CHANGE", "changeId");
    }

    @Test
    void whatProcessorsKnowIsRelayed() throws Exception {
        String state = "{\"state\":\"ACTIVE\",\"stateReason\":\"ü\",\"stateValidFrom\":\"2024-04-01T00:00:00Z\"";
        String customer = "{\"customerId\":\"read/1\",\"externalId\":null,\"version\":3,\"state\":" + state
                + ",\"recordedAt\":\"2024-04-01T08:00:00.001Z\"},\"plannedChanges\":[]}";
        String page =
                "{\"events\":[{\"eventId\":\"read/1:1\",\"sequence\":1,\"type\":\"CustomerRegistered\",\"recordedAt\":"
                        + "\"2024-04-01T08:00:00.001Z\",\"commandId\":\"x\",\"requestId\":null,\"source\":\"y\",\"policyVersion\":\"1\","
                        + "\"previousHash\":null,\"hash\":\"" + "0a".repeat(32)
                        + "\",\"data\":{\"externalId\":null,\"state\":"
                        + state + "},\"attributes\":{}}}],\"next\":null}";
        queries.knows("/query/customers?customerId=read%2F1", customer)
                .knows("/query/customers?customerId=read%2F1&asOf=2024-04-30T22%3A00%3A00Z", customer)
                .knows("/query/events?customerId=read%2F1&after=0&limit=100", page);

        HttpResponse<String> current = http.get("/v1/customers/read%2F1");
        HttpResponse<String> unchanged = http.get("/v1/customers/read%2F1", "If-None-Match", "\"3\"");
        HttpResponse<String> past = http.get("/v1/customers/read%2F1?asOf=2024-05-01T00:00:00%2B02:00");
        HttpResponse<String> events = http.get("/v1/customers/read%2F1/events");
        HttpResponse<String> nobody = http.get("/v1/customers?externalId=nobody");

        assertThat(current.body()).isEqualTo(customer);
        assertThat(current.headers().firstValue("ETag")).hasValue("\"3\"");
        assertThat(current.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(past.body()).isEqualTo(customer);
        assertThat(past.headers().firstValue("ETag")).isEmpty();
        assertThat(events.body()).isEqualTo(page);
        assertThat(nobody.statusCode()).isEqualTo(404);
        assertThat(nobody.body()).contains("UNKNOWN_CUSTOMER", "\"field\":\"externalId\"");
    }

    @Test
    void whileProcessorsAreAwayOnlyWhatNeedsThemIsRefused() throws Exception {
        StubProcessor away = new StubProcessor();
        away.close();
        try (GatewayService alone =
                GatewayService.start(platform.settings().with(Map.of("gateway.processors", away.url())))) {
            Http client = new Http(alone.url());

            HttpResponse<String> read = client.get("/v1/customers/c");
            HttpResponse<String> byExternalId =
                    client.post("/v1/customers/state", body("{\"externalId\":\"e\"}", "r", SUSPENDED));
            HttpResponse<String> byId = client.post("/v1/customers", "{\"requestId\":\"r\",\"customerId\":\"alone\"}");

            for (HttpResponse<String> refused : List.of(read, byExternalId)) {
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
                assertThat(refused.body()).contains("UNAVAILABLE", "No processor answers queries now");
            }
            assertThat(byId.statusCode()).isEqualTo(201);
            assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anExpectedVersionIsHeldTo() throws Exception {
        register("versioned", "");
        String body =
                "{\"customer\":{\"refId\":\"versioned\"},\"state\":{\"state\":\"SUSPENDED\",\"stateReason\":\"dfltSuspended\"}}";

        HttpResponse<String> wrong =
                http.post("/v1/customers/state", body, "Idempotency-Key", "a", "If-Match", "\"7\"");
        HttpResponse<String> right =
                http.post("/v1/customers/state", body, "Idempotency-Key", "b", "If-Match", "\"1\"");

        assertProblem(wrong, 409, "VERSION_CONFLICT", "If-Match");
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(right.body()).get("requestId").textValue()).isEqualTo("b");
    }

    @Test
    void aBatchIsAnsweredCallByCall() throws Exception {
        register("batched", "");
        String call = "{\"jsonrpc\":\"2.0\",%s\"method\":\"CustomerService.UpdateCustomerStatus\",\"params\":"
                + "{\"payload\":{\"ID\":\"%s\",\"status\":\"%s\"}}}";

        HttpResponse<String> answer = http.post(
                "/jsonrpc",
                "[" + call.formatted("\"id\":1,", "batched", "SUSPENDED") + ","
                        + call.formatted("", "batched", "BLOCKED") + ","
                        + call.formatted("\"id\":2,", "batched", "BLOCKED") + ","
                        + call.formatted("\"id\":3,", "no-such-customer", "ACTIVE") + "]");

        assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree("""
                                [{"jsonrpc":"2.0","id":1,"result":{"Id":"batched","Status":"SUSPENDED"}},
                                 {"jsonrpc":"2.0","id":2,"result":{"Id":"batched","Status":"BLOCKED"}},
                                 {"jsonrpc":"2.0","id":3,"error":{"code":-32002,"message":"No customer was registered under this id",
                                  "data":{"code":"UNKNOWN_CUSTOMER","field":"params.payload.ID"}}}]"""));
        assertThat(processor.commandsOf("batched")).hasSize(4);
    }

    @Test
    void aCommandCarriesWhatItsReadersNeed() throws Exception {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        HttpResponse<String> answer =
                http.post("/v1/customers", "{\"requestId\":\"r\",\"customerId\":\"traced\"}", "traceparent", trace);

        ConsumerRecord<byte[], byte[]> command = processor.commandsOf("traced").get(0);
        assertThat(header(command, HeaderNames.TRACEPARENT)).isEqualTo(trace);
        assertThat(header(command, HeaderNames.CORRELATION_ID))
                .isEqualTo(JSON.readTree(answer.body()).get("commandId").textValue());
        assertThat(header(command, HeaderNames.CE_ID)).isEqualTo(header(command, HeaderNames.CORRELATION_ID));
        assertThat(UUID.fromString(header(command, HeaderNames.REPLY_TO))).isNotNull();
    }

    @Test
    void whatIsNotAnsweredInTimeIsAccepted() throws Exception {
        try (GatewayService impatient =
                GatewayService.start(platform.settings().with(Map.of("gateway.reply.timeout", "PT0.5S")))) {
            Http client = new Http(impatient.url());
            String customer = StandInProcessor.SILENT + "1";

            HttpResponse<String> rest =
                    client.post("/v1/customers", "{\"requestId\":\"r 1\",\"customerId\":\"" + customer + "\"}");
            HttpResponse<String> rpc = client.post("/jsonrpc", netXd(customer));

            assertThat(rest.statusCode()).isEqualTo(202);
            assertThat(rest.headers().firstValue("Location")).hasValue("/v1/customers/silent-1/requests/r%201");
            assertThat(JSON.readTree(rest.body()).get("status").textValue()).isEqualTo("ACCEPTED");
            assertThat(JSON.readTree(rest.body()).get("detail").textValue()).contains("same requestId");
            assertThat(JSON.readTree(rpc.body()).at("/error/code").intValue()).isEqualTo(-32003);
        }
    }

    @Test
    void aResultThatCannotBeReadFailsOnlyItsOwnRequest() throws Exception {
        HttpResponse<String> garbled = http.post(
                "/v1/customers", "{\"requestId\":\"r\",\"customerId\":\"" + StandInProcessor.GARBLED + "1\"}");

        assertProblem(garbled, 500, "INTERNAL_ERROR", "");
        assertThat(register("readable", "").statusCode()).isEqualTo(201);
    }

    @Test
    void beyondItsPlacesToWaitItRefuses() throws Exception {
        try (GatewayService crowded = GatewayService.start(
                platform.settings().with(Map.of("gateway.max.waiting", "1", "gateway.reply.timeout", "PT0.5S")))) {
            Http client = new Http(crowded.url());
            long before = platform.commands();
            String call = netXd(StandInProcessor.SILENT + "2");

            HttpResponse<String> answer =
                    client.post("/jsonrpc", "[" + notification(StandInProcessor.SILENT + "2") + "," + call + "]");

            assertThat(JSON.readTree(answer.body()).at("/0/error/code").intValue())
                    .isEqualTo(-32004);
            assertThat(platform.commands()).isEqualTo(before + 1);
        }
    }

    @Test
    void whoeverWaitsWhenItIsClosedIsAnswered() throws Exception {
        GatewayService closed = GatewayService.start(platform.settings());
        String customer = StandInProcessor.SILENT + "3";
        CompletableFuture<HttpResponse<String>> answer = new Http(closed.url())
                .postLater("/v1/customers", "{\"requestId\":\"r\",\"customerId\":\"" + customer + "\"}");
        await().until(() -> !processor.commandsOf(customer).isEmpty());

        closed.close();

        assertThat(answer.get().statusCode()).isEqualTo(202);
    }

    @Test
    void readinessFollowsTheGateway() throws Exception {
        assertThat(gateway.obstacles()).isEmpty();
        assertThat(http.send(http.request("/health/ready").GET()).statusCode()).isEqualTo(200);
        assertThat(http.send(http.request("/health/live").GET()).body()).isEqualTo("{\"status\":\"UP\"}");
    }

    private static String netXd(String customerId) {
        return "{\"id\":\"1\",\"method\":\"CustomerService.UpdateCustomerStatus\",\"params\":{\"payload\":{\"ID\":\""
                + customerId + "\",\"status\":\"ACTIVE\"}}}";
    }

    private static String notification(String customerId) {
        return netXd(customerId).replace("\"id\":\"1\"", "\"jsonrpc\":\"2.0\"");
    }

    private static HttpResponse<String> register(String customerId, String more)
            throws IOException, InterruptedException {
        return http.post(
                "/v1/customers", "{\"requestId\":\"register\",\"customerId\":\"" + customerId + "\"" + more + "}");
    }

    private static HttpResponse<String> update(String customer, String requestId, String state)
            throws IOException, InterruptedException {
        return http.post("/v1/customers/state", body(customer, requestId, state));
    }

    private static String body(String customer, String requestId, String state) {
        return "{\"requestId\":\"" + requestId + "\",\"customer\":" + customer + ",\"state\":{" + state + "}}";
    }

    private static String status(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("status").textValue();
    }

    private static HttpResponse<String> change(String customerId, String requestId, String state)
            throws IOException, InterruptedException {
        String reason = "dflt" + state.charAt(0) + state.substring(1).toLowerCase(java.util.Locale.ROOT);
        return http.post(
                "/v1/customers/state",
                "{\"requestId\":\"" + requestId + "\",\"customer\":{\"refId\":\"" + customerId
                        + "\"},\"state\":{\"state\":\"" + state + "\",\"stateReason\":\"" + reason + "\"}}");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code, String field)
            throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("code").textValue()).isEqualTo(code);
        assertThat(problem.path("field").asText()).isEqualTo(field);
        assertThat(problem.get("requestId").textValue()).isNotEmpty();
        assertThat(problem.get("commandId").textValue()).isNotEmpty();
    }

    private static String header(ConsumerRecord<byte[], byte[]> command, String name) {
        return HeaderText.read(command.headers(), name).orElseThrow();
    }

    private static String lastCommandOf(String customerId) {
        List<ConsumerRecord<byte[], byte[]>> commands = processor.commandsOf(customerId);
        return new String(commands.get(commands.size() - 1).value(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
