package dev.standing.gateway.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.standing.avro.CustomerState;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.RemoveSubordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.gateway.RecordingChannel;
import dev.standing.gateway.Results;
import dev.standing.gateway.StubQueries;
import dev.standing.gateway.docs.ApiContract;
import dev.standing.gateway.docs.Exchange;
import dev.standing.gateway.http.Entrance;
import dev.standing.gateway.http.HttpServer;
import dev.standing.gateway.http.HttpServerSettings;
import dev.standing.gateway.metrics.GatewayMetrics;
import dev.standing.gateway.reply.Reply;
import dev.standing.service.metrics.ServiceMetrics;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REST over real connections: which request comes to whom, with which ids. */
class RestOverHttpTest {

    private static final String STATE_OF_C_1 = "{\"requestId\":\"r\",\"customer\":{\"refId\":\"c-1\"},\"state\":"
            + "{\"state\":\"ACTIVE\",\"stateReason\":\"dfltActive\"}}";

    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Function<Command, Reply> replies = RestOverHttpTest::decide;
    private final RecordingChannel channel = new RecordingChannel(command -> replies.apply(command));
    private final StubQueries queries = new StubQueries();
    private final ServiceMetrics serviceMetrics = new ServiceMetrics();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = HttpServer.start(
                new HttpServerSettings(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        1_000,
                        1_000_000,
                        1_000,
                        8,
                        Duration.ofMinutes(1),
                        Duration.ofMillis(100)),
                Entrance.open(),
                RestRoutes.all(channel, queries),
                List::of,
                serviceMetrics,
                new GatewayMetrics(serviceMetrics.registry()));
    }

    @AfterEach
    void stop() {
        server.stopAccepting();
        server.close();
        serviceMetrics.close();
    }

    @Test
    void requestsAreMeasuredByTheirRouteNeverByTheirPath() throws Exception {
        for (String path : List.of("/v1/customers/c-1", "/v1/customers/c-2", "/secret-1", "/secret-2")) {
            client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                            .build(),
                    BodyHandlers.ofString());
        }

        await().until(() -> measured("GET", "none", "404") == 2);
        assertThat(measured("GET", "/v1/customers/{customerId}", "404")).isEqualTo(2);
    }

    private long measured(String method, String route, String status) {
        return serviceMetrics
                .registry()
                .find("standing.http.requests")
                .tags("method", method, "route", route, "status", status)
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private static Reply decide(Command command) {
        ResultStatus status = ResultStatus.CANCELLED;
        if (command.instruction() instanceof RegisterCustomer) {
            status = ResultStatus.REGISTERED;
        } else if (command.instruction() instanceof RemoveSubordinate) {
            status = ResultStatus.REMOVED;
        }
        return new Reply.Decided(Results.success(command, status, CustomerState.ACTIVE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "/",
                "a/",
                "/a",
                "//",
                "a//b",
                ".",
                "..",
                "../..",
                "./a",
                "a/../b",
                "...",
                "100%",
                "%2F",
                "%252F",
                "a?b",
                "a#b",
                "a;b=c",
                ";",
                "..;",
                "a b",
                "a+b",
                "a&b=c",
                "a\\b",
                "\\",
                "ü",
                "日本",
                "😀",
                "\"<>^`{|}",
                "{customerId}",
                "<x>",
                "*",
                "~",
                "c:1@x!$'(),",
                "[",
                "state",
                "events",
                "changes",
                "%",
                "health/live"
            })
    void whateverAnIdHoldsThePathOfARegistrationLeadsToIt(String id) throws Exception {
        String json = JsonNodeFactory.instance.textNode(id).toString();
        queries.customer(id, JsonNodeFactory.instance.objectNode().put("version", 1))
                .page(id, JsonNodeFactory.instance.objectNode())
                .subordinates(id, JsonNodeFactory.instance.arrayNode());

        String location = send(post("/v1/customers", "{\"requestId\":\"r\",\"customerId\":" + json + "}"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        HttpResponse<String> customer = send(request(location));
        HttpResponse<String> events = send(request(location + "/events"));
        HttpResponse<String> cancelled =
                send(delete(location + "/changes/" + PathSegment.of(id)).header("Idempotency-Key", "r"));

        HttpResponse<String> hierarchy = send(request(location + "/subordinates"));
        send(delete(location + "/subordinates/SUBSCRIBER/" + PathSegment.of(id)).header("Idempotency-Key", "r"));

        assertThat(customer.body()).isEqualTo("{\"version\":1}");
        assertThat(hierarchy.body()).isEqualTo("[]");
        assertThat(events.body()).isEqualTo("{}");
        assertThat(queries.asked())
                .containsExactly("customer " + id + " - -", "events " + id + " 0 100", "subordinates " + id + " - 100");
        assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
        assertThat(channel.commands()).extracting(Command::customerId).containsExactly(id, id, id);
        assertThat(channel.commands().get(1).instruction())
                .isEqualTo(new CancelChange(new ChangeSelection.ById(id), Optional.empty()));
        assertThat(channel.commands().get(2).instruction())
                .isEqualTo(new RemoveSubordinate(new SubordinateRef(SubordinateType.SUBSCRIBER, id)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"r 1", "a/b", "..", "100%", "%2F", "a?b#c", "a;b", "ü", "requests", "~!*"})
    void whateverARequestIdHoldsTheLocationOfA202LeadsToTheRequest(String requestId) throws Exception {
        replies = command -> new Reply.Unanswered();
        String json = JsonNodeFactory.instance.textNode(requestId).toString();
        queries.result(
                "c/1",
                "unauthenticated",
                requestId,
                JsonNodeFactory.instance.objectNode().put("status", "REGISTERED"));

        HttpResponse<String> accepted =
                send(post("/v1/customers", "{\"requestId\":" + json + ",\"customerId\":\"c/1\"}"));
        HttpResponse<String> result =
                send(request(accepted.headers().firstValue("Location").orElseThrow()));

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(queries.asked()).containsExactly("request c/1 unauthenticated " + requestId);
        assertThat(result.statusCode()).isEqualTo(200);
    }

    @Test
    void thePathOfStateUpdatesIsAlsoThatOfACustomer() throws Exception {
        send(post("/v1/customers/state", STATE_OF_C_1));
        send(request("/v1/customers/state"));

        assertThat(channel.commands()).extracting(Command::customerId).containsExactly("c-1");
        assertThat(queries.asked()).containsExactly("customer state - -");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /v1/customers, 'GET, HEAD, POST, OPTIONS'",
        "DELETE, /v1/customers, 'GET, HEAD, POST, OPTIONS'",
        "PUT, /v1/customers/state, 'GET, HEAD, POST, OPTIONS'",
        "POST, /v1/customers/c-1, 'GET, HEAD, OPTIONS'",
        "DELETE, /v1/customers/c-1, 'GET, HEAD, OPTIONS'",
        "POST, /v1/customers/st%61te, 'GET, HEAD, OPTIONS'",
        "POST, /v1/customers/c-1/events, 'GET, HEAD, OPTIONS'",
        "GET, /v1/customers/c-1/changes/x, 'DELETE, OPTIONS'",
        "HEAD, /v1/customers/c-1/changes/x, 'DELETE, OPTIONS'",
        "DELETE, /v1/customers/c-1/subordinates, 'GET, HEAD, POST, OPTIONS'",
        "GET, /v1/customers/c-1/subordinates/ACCOUNT/x, 'DELETE, OPTIONS'"
    })
    void anotherMethodIsToldWhichOnesThereAre(String method, String path, String allow) throws Exception {
        HttpResponse<String> refused =
                send(post(path, STATE_OF_C_1).method(method, BodyPublishers.ofString(STATE_OF_C_1)));
        HttpResponse<String> options = send(request(path).method("OPTIONS", BodyPublishers.noBody()));

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow").orElseThrow().split(", "))
                .containsExactlyInAnyOrder(allow.split(", "));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow"))
                .isEqualTo(refused.headers().firstValue("Allow"));
        assertThat(channel.commands()).isEmpty();
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        queries.customer("c-1", JsonNodeFactory.instance.objectNode().put("version", 7));

        HttpResponse<String> there = send(head("/v1/customers/c-1"));
        HttpResponse<String> unchanged = send(head("/v1/customers/c-1").header("If-None-Match", "\"7\""));
        HttpResponse<String> nobody = send(head("/v1/customers/x"));
        HttpResponse<String> malformed = send(head("/v1/customers?externalId=a&externalId=b"));

        assertThat(there.statusCode()).isEqualTo(200);
        assertThat(there.headers().firstValue("ETag")).hasValue("\"7\"");
        assertThat(there.body()).isEmpty();
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(nobody.statusCode()).isEqualTo(404);
        assertThat(malformed.statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsStillSoHasNoBody() throws Exception {
        queries.customer("c-1", JsonNodeFactory.instance.objectNode().put("version", 7));

        HttpResponse<String> answer = send(request("/v1/customers/c-1").header("If-None-Match", "\"7\""));

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"7\"");
        assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aQueryIsDecodedOnce() throws Exception {
        send(request("/v1/customers?externalId=%252F%2B+%C3%BC"));

        assertThat(queries.asked()).containsExactly("externalId %2F+ ü");
    }

    @Test
    void aBodyIsRefusedWhereThereIsNone() throws Exception {
        HttpResponse<String> cancelled = send(request("/v1/customers/c-1/changes/x")
                .header("Idempotency-Key", "r")
                .method("DELETE", BodyPublishers.ofString("{}")));
        HttpResponse<String> read = send(request("/v1/customers/c-1").method("GET", BodyPublishers.ofString("{}")));

        assertThat(cancelled.statusCode()).isEqualTo(400);
        assertThat(cancelled.body()).contains("INVALID_REQUEST", "DELETE takes no body");
        assertThat(read.statusCode()).isEqualTo(400);
        assertThat(channel.commands()).isEmpty();
        assertThat(queries.asked()).isEmpty();
    }

    /** What a proxy may see as another path, or cannot be decoded, reaches nobody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/customers/..",
                "/v1/customers/../customers",
                "/v1/customers/./c-1",
                "/v1/customers/../../health/live",
                "/v1/customers/%zz",
                "/v1/customers/%",
                "/v1/customers/;%4$/events",
                "/v1/customers/%FF",
                "/v1/customers/%C0%AF",
                "/v1/customers/%ED%A0%80",
                "/v1/customers/%00"
            })
    void aPathThatCanBeMistakenIsRefused(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "INVALID_REQUEST");
        assertThat(queries.asked()).isEmpty();
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpRequest.Builder post(String path, String json) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
    }

    private HttpRequest.Builder delete(String path) {
        return request(path).DELETE();
    }

    private HttpRequest.Builder head(String path) {
        return request(path).method("HEAD", BodyPublishers.noBody());
    }

    /** What a read relays is made up here; everything else must be as the OpenAPI document says. */
    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200 || !response.request().method().equals("GET")) {
            ApiContract.get().check(Exchange.of(response, Optional.empty()));
        }
        return response;
    }
}
