package dev.standing.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds what goes over the wire to the OpenAPI document. Every client of the gateway in a test hands over each exchange,
 * so that neither can change without the other.
 *
 * <p>A status, a media type, a member of a body or one of the headers that the document knows must be documented for the
 * operation; and the body of a request that succeeded must be one that the document allows. What no operation is asked for, such as
 * an unknown path, may only be refused, with a problem. Safe for use by many threads.
 */
public final class ApiContract {

    /** What may be answered where no operation is asked for. */
    private static final Map<Integer, String> REFUSALS = Map.of(
            400, "InvalidRequest",
            404, "NotFound",
            405, "MethodNotAllowed",
            408, "RequestTimeout",
            413, "BodyTooLarge",
            415, "UnsupportedMediaType",
            431, "HeadersTooLarge",
            500, "InternalError");

    private static final ApiContract CONTRACT = new ApiContract(new OpenApi());

    private final OpenApi openApi;
    private final Set<String> knownHeaders = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private ApiContract(OpenApi openApi) {
        this.openApi = openApi;
        openApi.at("/components/responses").forEach(this::know);
        openApi.operations()
                .forEach(operation ->
                        openApi.at(operation.pointer() + "/responses").forEach(this::know));
    }

    private void know(JsonNode response) {
        response.path("headers").fieldNames().forEachRemaining(knownHeaders::add);
    }

    /** The contract of the document that is served. */
    public static ApiContract get() {
        return CONTRACT;
    }

    /**
     * Checks a whole exchange.
     *
     * @throws AssertionError that tells how it differs from what is documented
     */
    public void check(Exchange exchange) {
        check(exchange, Set.of());
    }

    /**
     * Checks what an endpoint answered, before the server added what all answers have.
     *
     * @throws AssertionError that tells how it differs from what is documented
     */
    public void checkWithinServer(Exchange exchange) {
        check(exchange, Set.of("X-Request-Id"));
    }

    private void check(Exchange exchange, Set<String> headersLeftOut) {
        if (exchange.method().equals("OPTIONS") && exchange.status() == 204) {
            fail(exchange, exchange.header("Allow").isPresent() ? List.of() : List.of("Allow is missing"));
            return;
        }
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        Optional<OpenApi.Operation> operation = openApi.operation(method, exchange.path());
        Optional<String> response = response(exchange, operation);
        if (response.isEmpty()) {
            String asked = operation
                    .map(found -> found.template() + " does not have this status")
                    .orElse("no operation is asked for, and this is no refusal");
            fail(exchange, List.of(asked));
            return;
        }
        List<String> wrong = new ArrayList<>(headers(exchange, response.get(), headersLeftOut));
        wrong.addAll(body(exchange, response.get()));
        operation.ifPresent(found -> wrong.addAll(sent(exchange, found)));
        fail(exchange, wrong);
    }

    /** The pointer to what the document says of the answer. */
    private Optional<String> response(Exchange exchange, Optional<OpenApi.Operation> operation) {
        String pointer = operation
                .map(found -> found.pointer() + "/responses/" + exchange.status())
                .orElse("/components/responses/" + REFUSALS.getOrDefault(exchange.status(), "none"));
        return openApi.at(pointer).isMissingNode() ? Optional.empty() : Optional.of(openApi.followed(pointer));
    }

    private List<String> headers(Exchange exchange, String response, Set<String> headersLeftOut) {
        List<String> wrong = new ArrayList<>();
        JsonNode documented = openApi.at(response + "/headers");
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        documented.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String header = openApi.followed(response + "/headers/" + OpenApi.escaped(name));
            Optional<String> value = exchange.header(name);
            if (value.isPresent()) {
                boolean isNumber = openApi.at(header + "/schema/type").asText().equals("integer");
                String json =
                        isNumber ? value.get() : TextNode.valueOf(value.get()).toString();
                openApi.errors(header + "/schema", json)
                        .forEach(error -> wrong.add("the header " + name + " " + error));
            } else if (openApi.at(header + "/required").asBoolean() && !headersLeftOut.contains(name)) {
                wrong.add("the header " + name + " is missing");
            }
        }
        exchange.headers().keySet().stream()
                .filter(name -> knownHeaders.contains(name) && !names.contains(name))
                .forEach(name -> wrong.add("the header " + name + " is not documented here"));
        return wrong;
    }

    private List<String> body(Exchange exchange, String response) {
        JsonNode content = openApi.at(response + "/content");
        if (content.isMissingNode()) {
            return exchange.body().isEmpty() ? List.of() : List.of("a body is not documented");
        }
        boolean isHead = exchange.method().equals("HEAD");
        String type = exchange.mediaType().orElse("none");
        if (!content.has(type)) {
            Set<String> types = new TreeSet<>();
            content.fieldNames().forEachRemaining(types::add);
            return List.of("the media type is " + type + ", documented are " + types);
        }
        if (isHead) {
            return exchange.body().isEmpty() ? List.of() : List.of("HEAD is answered with a body");
        }
        String media = response + "/content/" + OpenApi.escaped(type);
        if (type.endsWith("json")) {
            return openApi.errors(media + "/schema", exchange.body());
        }
        return type.equals("text/event-stream") ? events(media, exchange.body()) : List.of();
    }

    /** What is wrong with the data of Server-Sent Events. */
    private List<String> events(String media, String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data:"))
                .flatMap(line ->
                        openApi
                                .errors(
                                        media + "/x-event-data",
                                        line.substring("data:".length()).strip())
                                .stream())
                .toList();
    }

    /** What the document does not allow of a request that was taken, and not turned down when it was decided. */
    private List<String> sent(Exchange exchange, OpenApi.Operation operation) {
        boolean isTaken = exchange.status() <= 201 && !exchange.body().contains("\"error\":{");
        String schema = operation.pointer() + "/requestBody/content/application~1json/schema";
        if (!isTaken || exchange.sent().isEmpty() || openApi.at(schema).isMissingNode()) {
            return List.of();
        }
        return openApi.errors(schema, exchange.sent().get()).stream()
                .map(error -> "the request was taken, though " + error)
                .toList();
    }

    private static void fail(Exchange exchange, List<String> wrong) {
        if (!wrong.isEmpty()) {
            throw new AssertionError(wrong.stream()
                    .map(text -> "\n- " + text)
                    .collect(Collectors.joining("", "openapi.json does not allow this:", "\n" + exchange)));
        }
    }
}
