package dev.standing.gateway.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.standing.gateway.access.Caller;
import dev.standing.gateway.access.Gate;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Endpoint;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.MalformedJsonException;
import dev.standing.gateway.json.StrictJson;
import dev.standing.gateway.metrics.GatewayMetrics;
import dev.standing.gateway.reply.CommandChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /jsonrpc}: JSON-RPC 2.0, single calls and batches. The calls of a batch are begun in their order; what is
 * malformed in it is answered, and the rest goes on.
 */
public final class JsonRpcEndpoint implements Endpoint {

    /** The path. */
    public static final String PATH = "/jsonrpc";

    /** The most calls of a batch. */
    static final int MAX_BATCH = 100;

    private final RpcMethods methods;

    /** An endpoint for these methods. */
    JsonRpcEndpoint(RpcMethods methods) {
        this.methods = methods;
    }

    /** An endpoint for NetXD's method, open to everybody. */
    public static JsonRpcEndpoint netXd(CommandChannel channel) {
        return netXd(channel, (credentials, payload) -> new RpcEntrance.Decision.In(Caller.ANYBODY, () -> {}));
    }

    /** An endpoint for NetXD's method, whose calls prove who sends them. */
    public static JsonRpcEndpoint netXd(CommandChannel channel, Gate gate, GatewayMetrics metrics) {
        return netXd(channel, new GuardedRpcEntrance(gate, metrics));
    }

    private static JsonRpcEndpoint netXd(CommandChannel channel, RpcEntrance entrance) {
        return new JsonRpcEndpoint(request ->
                Map.of(StatusUpdate.METHOD, new StatusUpdateMethod(new BatchChannel(channel), entrance, request)));
    }

    @Override
    public CompletableFuture<Answer> answer(Request request) {
        JsonNode document;
        try {
            document = StrictJson.parse(request.body());
        } catch (MalformedJsonException e) {
            return refused(new JsonRpcError(
                    JsonRpcError.PARSE_ERROR, e.getMessage(), Optional.empty(), e.field(), Optional.empty()));
        }
        List<byte[]> payloads = PayloadText.of(request.body());
        if (!document.isArray()) {
            return answer(methods.serving(request), Call.read(document), payloads.get(0))
                    .thenApply(JsonRpcEndpoint::answer);
        }
        Optional<String> refusal = refusal(request, document);
        return refusal.isPresent()
                ? refused(JsonRpcError.of(JsonRpcError.INVALID_REQUEST, refusal.get()))
                : batch(methods.serving(request), document, payloads);
    }

    /** Why a batch is not looked into; empty: it is. */
    private static Optional<String> refusal(Request request, JsonNode calls) {
        if (calls.isEmpty()) {
            return Optional.of("A batch must have at least one call");
        }
        if (calls.size() > MAX_BATCH) {
            return Optional.of("A batch has at most " + MAX_BATCH + " calls, not " + calls.size() + "; none was taken");
        }
        return request.has(Request.IDEMPOTENCY_KEY)
                ? Optional.of(
                        "An " + Request.IDEMPOTENCY_KEY + " is for a single call, not for a batch; none was taken")
                : Optional.empty();
    }

    private static CompletableFuture<Answer> batch(
            Map<String, RpcMethod> methods, JsonNode calls, List<byte[]> payloads) {
        List<CompletableFuture<Optional<JsonNode>>> answers = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            answers.add(answer(methods, Call.read(calls.get(i)), payloads.get(i)));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    ArrayNode all = JsonNodeFactory.instance.arrayNode();
                    answers.forEach(answer -> answer.join().ifPresent(all::add));
                    return answer(all.isEmpty() ? Optional.empty() : Optional.of(all));
                });
    }

    private static CompletableFuture<Optional<JsonNode>> answer(
            Map<String, RpcMethod> methods, Call call, byte[] payload) {
        ReturnAddress address = call.returnAddress();
        if (call instanceof Call.Invalid invalid) {
            return CompletableFuture.completedFuture(
                    address.error(JsonRpcError.of(JsonRpcError.INVALID_REQUEST, invalid.message())));
        }
        Call.Wellformed wellformed = (Call.Wellformed) call;
        RpcMethod method = methods.get(wellformed.method());
        if (method == null) {
            return CompletableFuture.completedFuture(address.error(JsonRpcError.of(
                    JsonRpcError.METHOD_NOT_FOUND,
                    "There is no such method; there is " + String.join(", ", methods.keySet()))));
        }
        return method.call(new RpcCall(wellformed.params(), payload)).thenApply(address::outcome);
    }

    private static CompletableFuture<Answer> refused(JsonRpcError error) {
        return CompletableFuture.completedFuture(answer(ReturnAddress.unknown().error(error)));
    }

    private static Answer answer(Optional<JsonNode> body) {
        return body.map(json -> Answer.json(200, json)).orElseGet(Answer::noContent);
    }
}
