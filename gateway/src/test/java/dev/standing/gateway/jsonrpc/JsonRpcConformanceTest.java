package dev.standing.gateway.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Request;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The examples of the JSON-RPC 2.0 specification, section 7, with the methods that they call. Messages are the server's
 * own matter, and members stand in any order.
 */
class JsonRpcConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> called = new ArrayList<>();
    private final JsonRpcEndpoint endpoint = new JsonRpcEndpoint(request -> Map.of(
            "subtract", this::subtract,
            "sum", this::sum,
            "get_data", call -> result(JSON.createArrayNode().add("hello").add(5)),
            "update", call -> noted("update"),
            "notify_hello", call -> noted("notify_hello"),
            "notify_sum", call -> noted("notify_sum")));

    private CompletableFuture<RpcOutcome> subtract(RpcCall call) {
        JsonNode params = call.params().value().orElseThrow();
        return result(JsonNodeFactory.instance.numberNode(
                params.isArray()
                        ? params.get(0).asInt() - params.get(1).asInt()
                        : params.get("minuend").asInt()
                                - params.get("subtrahend").asInt()));
    }

    private CompletableFuture<RpcOutcome> sum(RpcCall call) {
        int sum = StreamSupport.stream(call.params().value().orElseThrow().spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .sum();
        return result(JsonNodeFactory.instance.numberNode(sum));
    }

    private CompletableFuture<RpcOutcome> noted(String method) {
        called.add(method);
        return result(JsonNodeFactory.instance.nullNode());
    }

    private static CompletableFuture<RpcOutcome> result(JsonNode value) {
        return CompletableFuture.completedFuture(new RpcOutcome.Result(value));
    }

    @Test
    void callsWithPositionalParameters() throws Exception {
        expect(
                "{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": [42, 23], \"id\": 1}",
                "{\"jsonrpc\": \"2.0\", \"result\": 19, \"id\": 1}");
        expect(
                "{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": [23, 42], \"id\": 2}",
                "{\"jsonrpc\": \"2.0\", \"result\": -19, \"id\": 2}");
    }

    @Test
    void callsWithNamedParameters() throws Exception {
        expect(
                "{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": {\"subtrahend\": 23, \"minuend\": 42}, \"id\": 3}",
                "{\"jsonrpc\": \"2.0\", \"result\": 19, \"id\": 3}");
        expect(
                "{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": {\"minuend\": 42, \"subtrahend\": 23}, \"id\": 4}",
                "{\"jsonrpc\": \"2.0\", \"result\": 19, \"id\": 4}");
    }

    @Test
    void notifications() throws Exception {
        expectNothing("{\"jsonrpc\": \"2.0\", \"method\": \"update\", \"params\": [1,2,3,4,5]}");
        expectNothing("{\"jsonrpc\": \"2.0\", \"method\": \"foobar\"}");

        assertThat(called).containsExactly("update");
    }

    @Test
    void aCallOfAMethodThatDoesNotExist() throws Exception {
        expect("{\"jsonrpc\": \"2.0\", \"method\": \"foobar\", \"id\": \"1\"}", error(-32601, "\"1\""));
    }

    @Test
    void aCallWithInvalidJson() throws Exception {
        expect("{\"jsonrpc\": \"2.0\", \"method\": \"foobar, \"params\": \"bar\", \"baz]", error(-32700, "null"));
    }

    @Test
    void aCallThatIsNoRequest() throws Exception {
        expect("{\"jsonrpc\": \"2.0\", \"method\": 1, \"params\": \"bar\"}", error(-32600, "null"));
    }

    @Test
    void aBatchWithInvalidJson() throws Exception {
        expect(
                "[{\"jsonrpc\": \"2.0\", \"method\": \"sum\", \"params\": [1,2,4], \"id\": \"1\"},"
                        + "{\"jsonrpc\": \"2.0\", \"method\"]",
                error(-32700, "null"));
    }

    @Test
    void anEmptyBatch() throws Exception {
        expect("[]", error(-32600, "null"));
    }

    @Test
    void aBatchOfWhatIsNoRequest() throws Exception {
        String error = error(-32600, "null");

        expect("[1]", "[" + error + "]");
        expect("[1,2,3]", "[" + error + "," + error + "," + error + "]");
    }

    @Test
    void aBatchOfGoodAndBad() throws Exception {
        expect(
                "[{\"jsonrpc\": \"2.0\", \"method\": \"sum\", \"params\": [1,2,4], \"id\": \"1\"},"
                        + "{\"jsonrpc\": \"2.0\", \"method\": \"notify_hello\", \"params\": [7]},"
                        + "{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": [42,23], \"id\": \"2\"},"
                        + "{\"foo\": \"boo\"},"
                        + "{\"jsonrpc\": \"2.0\", \"method\": \"foo.get\", \"params\": {\"name\": \"myself\"}, \"id\": \"5\"},"
                        + "{\"jsonrpc\": \"2.0\", \"method\": \"get_data\", \"id\": \"9\"}]",
                "[{\"jsonrpc\": \"2.0\", \"result\": 7, \"id\": \"1\"},"
                        + "{\"jsonrpc\": \"2.0\", \"result\": 19, \"id\": \"2\"},"
                        + error(-32600, "null") + ","
                        + error(-32601, "\"5\"") + ","
                        + "{\"jsonrpc\": \"2.0\", \"result\": [\"hello\", 5], \"id\": \"9\"}]");

        assertThat(called).containsExactly("notify_hello");
    }

    @Test
    void aBatchOfNotificationsAlone() throws Exception {
        expectNothing("[{\"jsonrpc\": \"2.0\", \"method\": \"notify_sum\", \"params\": [1,2,4]},"
                + "{\"jsonrpc\": \"2.0\", \"method\": \"notify_hello\", \"params\": [7]}]");

        assertThat(called).containsExactly("notify_sum", "notify_hello");
    }

    /** Section 4: an id is a text, a number, which should have no fraction, or null, and is given back as it came. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "0",
                "-7",
                "1.5",
                "1.50",
                "1e3",
                "123456789012345678901234567890",
                "\"\"",
                "\"1\"",
                "\"\\u00e9\\n\"",
                "null"
            })
    void anIdIsGivenBackAsItCame(String id) throws Exception {
        JsonNode answer = answer("{\"jsonrpc\": \"2.0\", \"method\": \"get_data\", \"id\": " + id + "}")
                .orElseThrow();

        JsonNode sent = JSON.readerFor(JsonNode.class)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(id);
        assertThat(answer.get("id").isNumber()).isEqualTo(sent.isNumber());
        assertThat(answer.get("id").isNumber() ? answer.get("id").decimalValue() : answer.get("id"))
                .isEqualTo(sent.isNumber() ? new BigDecimal(id) : sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "[1]", "{}", "{\"a\":1}"})
    void nothingElseIsAnId(String id) throws Exception {
        expect("{\"jsonrpc\": \"2.0\", \"method\": \"get_data\", \"id\": " + id + "}", error(-32600, "null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1.0\"", "\"2\"", "2.0", "null", "\"\""})
    void nothingElseIsTheVersion(String version) throws Exception {
        expect("{\"jsonrpc\": " + version + ", \"method\": \"get_data\", \"id\": 1}", error(-32600, "1"));
    }

    private static String error(int code, String id) {
        return "{\"jsonrpc\": \"2.0\", \"error\": {\"code\": " + code + "}, \"id\": " + id + "}";
    }

    private void expect(String request, String response) throws Exception {
        assertThat(answer(request)).hasValue(JSON.readTree(response));
    }

    private void expectNothing(String request) throws Exception {
        assertThat(answer(request)).isEmpty();
    }

    /** The answer without the messages of errors, which have one. */
    private Optional<JsonNode> answer(String request) throws Exception {
        Answer answer = endpoint.answer(new Request(Map.of(), "", Map.of(), request.getBytes(StandardCharsets.UTF_8)))
                .join();
        assertThat(answer.status()).isEqualTo(answer.document().isPresent() ? 200 : 204);
        if (answer.document().isEmpty()) {
            return Optional.empty();
        }
        JsonNode document = answer.document().get().deepCopy();
        for (JsonNode one : document instanceof ArrayNode all ? all : List.of(document)) {
            if (one.get("error") instanceof ObjectNode error) {
                assertThat(error.remove("message").textValue()).isNotBlank();
            }
        }
        return Optional.of(document);
    }
}
