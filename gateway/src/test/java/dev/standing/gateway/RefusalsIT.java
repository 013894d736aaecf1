package dev.standing.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.gateway.http.PortUnavailableException;
import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.testing.OnAnyPlatform;
import java.net.ConnectException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway against a real broker: a refused request is told why, and leaves nothing in the log. */
@OnAnyPlatform
class RefusalsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALL = "{\"id\":\"1\",\"method\":\"CustomerService.UpdateCustomerStatus\",\"params\":"
            + "{\"payload\":{\"ID\":\"c\",\"status\":\"ACTIVE\"}}}";

    private static Platform platform;
    private static GatewayService gateway;
    private static Http http;

    private long before;

    @BeforeAll
    static void start() {
        platform = new Platform();
        gateway = GatewayService.start(platform.settings());
        http = new Http(gateway.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        platform.close();
    }

    @BeforeEach
    void count() throws Exception {
        before = platform.commands();
    }

    @AfterEach
    void nothingWasSent() throws Exception {
        assertThat(platform.commands()).isEqualTo(before);
    }

    @Test
    void everyMalformedRestWriteIsAProblemThatNamesItsField() throws Exception {
        for (RefusedRequests.Rest refused : RefusedRequests.rest().toList()) {
            HttpResponse<String> answer =
                    http.post(refused.path(), refused.body(), refused.headers().toArray(new String[0]));
            JsonNode problem = JSON.readTree(answer.body());

            assertThat(answer.statusCode()).as(refused.toString()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(problem.get("type").textValue()).isEqualTo("urn:standing:problem:invalid-request");
            assertThat(problem.path("field").asText()).as(refused.toString()).isEqualTo(refused.field());
            assertThat(problem.get("detail").textValue()).contains(refused.detail());
        }
    }

    @Test
    void everyMalformedCallIsAnErrorThatNamesItsField() throws Exception {
        for (RefusedRequests.Rpc refused : RefusedRequests.rpc().toList()) {
            HttpResponse<String> answer = http.post("/jsonrpc", refused.body());
            JsonNode body = JSON.readTree(answer.body());

            assertThat(answer.statusCode()).as(refused.toString()).isEqualTo(200);
            assertThat(body.at("/error/code").intValue()).as(refused.toString()).isEqualTo(refused.code());
            assertThat(body.at("/error/data/field").asText())
                    .as(refused.toString())
                    .isEqualTo(refused.field());
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        String large = "{\"requestId\":\"" + "r".repeat(2 * 1_048_576) + "\"}";

        assertProblem(http.post("/v1/customers", large), 413, "BODY_TOO_LARGE");
        assertProblem(http.post("/jsonrpc", large), 413, "BODY_TOO_LARGE");
    }

    @Test
    void anotherMediaTypeIsRefused() throws Exception {
        for (String type : List.of("text/plain", "application/json; charset=iso-8859-1", "application/jsonp", "")) {
            HttpResponse<String> answer = http.send(
                    http.request("/jsonrpc").header("Content-Type", type).POST(BodyPublishers.ofString(CALL)));

            assertProblem(answer, 415, "UNSUPPORTED_MEDIA_TYPE");
        }
        assertProblem(
                http.send(http.request("/v1/customers").POST(BodyPublishers.ofString("{}"))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() throws Exception {
        HttpResponse<String> answer = http.send(http.request("/v1/customers")
                .header("Content-Type", "application/json;charset=UTF-8")
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xfc, '"', ':', '1', '}'})));

        assertProblem(answer, 400, "INVALID_REQUEST");
        assertThat(answer.body()).contains("not UTF-8");
    }

    @Test
    void textsThatHaveNoUtf8FormAreRefusedLikeOthers() throws Exception {
        assertProblem(http.post("/v1/customers", "{\"requestId\":\"r\",\"\\ud800\":1}"), 400, "INVALID_REQUEST");
        assertProblem(http.post("/v1/customers", "{\"requestId\":\"\\ud800\",\"x\":1}"), 400, "INVALID_REQUEST");
        assertThat(http.post("/jsonrpc", "{\"id\":\"\\udc00\",\"method\":\"\\ud800\"}")
                        .body())
                .contains("-32601");
    }

    @Test
    void pathsAndMethodsThatAreNotThereAreRefused() throws Exception {
        assertProblem(http.post("/v1/nothing", "{}"), 404, "NOT_FOUND");
        HttpResponse<String> get = http.send(http.request("/jsonrpc").GET());
        assertProblem(get, 405, "METHOD_NOT_ALLOWED");
        assertThat(get.headers().firstValue("Allow")).hasValue("POST, OPTIONS");
        assertThat(get.headers().firstValue("Server")).isEmpty();

        HttpResponse<String> options =
                http.send(http.request("/v1/customers").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow")).hasValue("GET, POST, HEAD, OPTIONS");
        assertThat(http.send(http.request("/jsonrpc").method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
        assertThat(http.send(http.request("/health/ready").method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aMethodIsNotOverridden() throws Exception {
        HttpResponse<String> answer = http.send(http.request("/jsonrpc")
                .header("Content-Type", "application/json")
                .header("X-HTTP-Method-Override", "POST")
                .method("GET", BodyPublishers.ofString(CALL)));

        assertProblem(answer, 400, "INVALID_REQUEST");
    }

    @Test
    void whatJettyRefusesIsAProblemToo() throws Exception {
        HttpResponse<String> webSocket = http.send(
                http.request("/jsonrpc").header("Sec-WebSocket-Version", "13").GET());
        HttpResponse<String> headers = http.send(
                http.request("/jsonrpc").header("X-Long", "x".repeat(20_000)).GET());

        assertThat(webSocket.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(webSocket.statusCode()).isEqualTo(404);
        assertThat(headers.statusCode()).isEqualTo(431);
        assertThat(headers.body()).doesNotContain("html");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThatThrownBy(() -> GatewayService.start(
                        platform.settings().with(Map.of("gateway.port", Integer.toString(gateway.port())))))
                .isInstanceOf(PortUnavailableException.class)
                .hasMessageContaining("127.0.0.1:" + gateway.port())
                .hasMessageContaining("gateway.port");
    }

    @Test
    void anUnknownSettingIsNamed() {
        assertThatThrownBy(() -> GatewayService.start(platform.settings().with(Map.of("gateway.prot", "1"))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("gateway.prot");
    }

    @Test
    void aGatewayThatIsClosedListensNoMore() {
        GatewayService stopped = GatewayService.start(platform.settings());
        Http client = new Http(stopped.url());

        stopped.close();

        assertThatThrownBy(() -> client.post("/jsonrpc", CALL)).isInstanceOf(ConnectException.class);
        assertThat(stopped.obstacles()).containsExactly("the gateway is stopping");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("code").textValue()).isEqualTo(code);
    }
}
