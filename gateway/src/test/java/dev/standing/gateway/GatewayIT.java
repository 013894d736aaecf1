package dev.standing.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway against a real broker and a real registry: what becomes of well-formed requests. */
class GatewayIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Platform platform;
    private static StandInProcessor processor;
    private static GatewayService gateway;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        platform = new Platform(directory);
        processor = new StandInProcessor(platform);
        gateway = GatewayService.start(platform.settings());
        http = new Http(gateway.url());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        gateway.close();
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
                        "{\"requestId\":\"x\",\"customer\":{\"externalId\":\"rejected\"},\"state\":"
                                + "{\"state\":\"ACTIVE\",\"stateReason\":\"dfltActive\"}}"),
                404,
                "UNKNOWN_CUSTOMER",
                "customer.externalId");
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
        assertProblem(
                http.post(
                        "/v1/customers/state",
                        "{\"requestId\":\"future\",\"customer\":{\"refId\":\"rejected\"},\"state\":{\"state\":\"SUSPENDED\","
                                + "\"stateReason\":\"dfltSuspended\",\"stateValidFrom\":\"2999-01-01T00:00:00Z\"}}"),
                400,
                "INVALID_REQUEST",
                "state.stateValidFrom");
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
