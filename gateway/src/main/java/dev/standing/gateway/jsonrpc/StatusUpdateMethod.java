package dev.standing.gateway.jsonrpc;

import dev.standing.gateway.access.Caller;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonObject;
import dev.standing.gateway.reply.CommandChannel;
import dev.standing.gateway.reply.Delivery;
import dev.standing.gateway.request.CommandRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@link StatusUpdate} as a method: who calls is checked, the command sent, and its result answered. When a call of a
 * batch is to come again later, those after it are, too: none is to overtake it. Used by one thread.
 */
final class StatusUpdateMethod implements RpcMethod {

    private final CommandChannel channel;
    private final RpcEntrance entrance;
    private final Request request;
    private Optional<JsonRpcError> later = Optional.empty();

    /** The method for the calls of one HTTP request. */
    StatusUpdateMethod(CommandChannel channel, RpcEntrance entrance, Request request) {
        this.channel = channel;
        this.entrance = entrance;
        this.request = request;
    }

    @Override
    public CompletableFuture<RpcOutcome> call(RpcCall call) {
        if (later.isPresent()) {
            return failed(later.get());
        }
        try {
            JsonObject params = call.params().object().only("api", "payload");
            RpcEntrance.Decision decision = entrance.enter(StatusUpdate.credentials(params), call.payload());
            return decision instanceof RpcEntrance.Decision.In in
                    ? admitted(in, params)
                    : away(((RpcEntrance.Decision.Away) decision).error());
        } catch (InvalidMemberException e) {
            return failed(invalid(e));
        }
    }

    private CompletableFuture<RpcOutcome> admitted(RpcEntrance.Decision.In in, JsonObject params) {
        CompletableFuture<RpcOutcome> outcome;
        try {
            outcome = send(in.caller(), params);
        } catch (RuntimeException e) {
            in.leave().run();
            throw e;
        }
        return outcome.whenComplete((given, failure) -> in.leave().run());
    }

    private CompletableFuture<RpcOutcome> send(Caller caller, JsonObject params) {
        Optional<String> requestId = request.header(Request.IDEMPOTENCY_KEY);
        CommandRequest parsed = StatusUpdate.parse(params, caller, requestId);
        return channel.ask(parsed.command(), Delivery.patient(request.traceparent()))
                .thenApply(reply -> CallAnswers.of(parsed, reply));
    }

    private CompletableFuture<RpcOutcome> away(JsonRpcError error) {
        if (error.code() == JsonRpcError.UNAVAILABLE) {
            later = Optional.of(error);
        }
        return failed(error);
    }

    private static CompletableFuture<RpcOutcome> failed(JsonRpcError error) {
        return CompletableFuture.completedFuture(new RpcOutcome.Failure(error));
    }

    private static JsonRpcError invalid(InvalidMemberException e) {
        return new JsonRpcError(
                JsonRpcError.INVALID_PARAMS,
                e.getMessage(),
                Optional.of("INVALID_REQUEST"),
                e.field(),
                Optional.empty());
    }
}
