package dev.standing.gateway.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Endpoint;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.MalformedJsonException;
import dev.standing.gateway.json.StrictJson;
import dev.standing.gateway.reply.CommandChannel;
import dev.standing.gateway.request.CommandRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /jsonrpc}: single calls and batches. A batch is sent in its order; what is malformed in it is answered,
 * and the rest goes on.
 */
public final class JsonRpcEndpoint implements Endpoint {

    /** The path. */
    public static final String PATH = "/jsonrpc";

    /** The most calls of a batch. */
    static final int MAX_BATCH = 100;

    private final CommandChannel channel;

    /** An endpoint whose commands go through the channel. */
    public JsonRpcEndpoint(CommandChannel channel) {
        this.channel = channel;
    }

    @Override
    public CompletableFuture<Answer> answer(Request request) {
        JsonNode document;
        try {
            document = StrictJson.parse(request.body());
        } catch (MalformedJsonException e) {
            return refused(new JsonRpcError(JsonRpcError.PARSE_ERROR, e.getMessage(), Optional.empty(), e.field()));
        }
        return document.isArray()
                ? batch(request, document)
                : single(request, document).thenApply(JsonRpcEndpoint::answer);
    }

    private CompletableFuture<Optional<JsonNode>> single(Request request, JsonNode document) {
        Call call = Call.read(document);
        Optional<String> requestId;
        try {
            requestId = request.header(Request.IDEMPOTENCY_KEY);
        } catch (InvalidMemberException e) {
            return CompletableFuture.completedFuture(call.returnAddress().error(invalid(e)));
        }
        return answer(channel, call, requestId, request.traceparent());
    }

    private CompletableFuture<Answer> batch(Request request, JsonNode calls) {
        if (calls.isEmpty()) {
            return refused(JsonRpcError.INVALID_REQUEST, "A batch must have at least one call");
        }
        if (calls.size() > MAX_BATCH) {
            return refused(
                    JsonRpcError.INVALID_REQUEST,
                    "A batch has at most " + MAX_BATCH + " calls, not " + calls.size() + "; none was taken");
        }
        if (request.has(Request.IDEMPOTENCY_KEY)) {
            return refused(
                    JsonRpcError.INVALID_REQUEST,
                    "An " + Request.IDEMPOTENCY_KEY + " is for a single call, not for a batch; none was taken");
        }
        CommandChannel inOrder = new BatchChannel(channel);
        List<CompletableFuture<Optional<JsonNode>>> answers = new ArrayList<>();
        for (JsonNode element : calls) {
            answers.add(answer(inOrder, Call.read(element), Optional.empty(), request.traceparent()));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    ArrayNode all = JsonNodeFactory.instance.arrayNode();
                    answers.forEach(answer -> answer.join().ifPresent(all::add));
                    return answer(all.isEmpty() ? Optional.empty() : Optional.of(all));
                });
    }

    private static CompletableFuture<Optional<JsonNode>> answer(
            CommandChannel channel, Call call, Optional<String> requestId, Optional<String> traceparent) {
        ReturnAddress address = call.returnAddress();
        if (call instanceof Call.Invalid invalid) {
            return CompletableFuture.completedFuture(
                    address.error(JsonRpcError.of(JsonRpcError.INVALID_REQUEST, invalid.message())));
        }
        Call.Wellformed wellformed = (Call.Wellformed) call;
        if (!wellformed.method().equals(StatusUpdate.METHOD)) {
            return CompletableFuture.completedFuture(address.error(
                    JsonRpcError.of(JsonRpcError.METHOD_NOT_FOUND, "The only method here is " + StatusUpdate.METHOD)));
        }
        CommandRequest parsed;
        try {
            parsed = StatusUpdate.parse(wellformed.params(), requestId);
        } catch (InvalidMemberException e) {
            return CompletableFuture.completedFuture(address.error(invalid(e)));
        }
        return channel.ask(parsed.command(), traceparent).thenApply(reply -> CallAnswers.of(address, parsed, reply));
    }

    private static JsonRpcError invalid(InvalidMemberException e) {
        return new JsonRpcError(JsonRpcError.INVALID_PARAMS, e.getMessage(), Optional.of("INVALID_REQUEST"), e.field());
    }

    private static CompletableFuture<Answer> refused(int code, String message) {
        return refused(JsonRpcError.of(code, message));
    }

    private static CompletableFuture<Answer> refused(JsonRpcError error) {
        return CompletableFuture.completedFuture(answer(ReturnAddress.unknown().error(error)));
    }

    private static Answer answer(Optional<JsonNode> body) {
        return body.map(json -> Answer.json(200, json)).orElseGet(Answer::noContent);
    }
}
