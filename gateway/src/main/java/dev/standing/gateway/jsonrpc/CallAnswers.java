package dev.standing.gateway.jsonrpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.CommandResult;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.gateway.reply.Reply;
import dev.standing.gateway.request.CommandRequest;
import java.util.Optional;

/** How JSON-RPC answers what came of a command. */
final class CallAnswers {

    private CallAnswers() {}

    /** The outcome of a call. */
    static RpcOutcome of(CommandRequest request, Reply reply) {
        if (reply instanceof Reply.Decided decided) {
            return decided(request, decided.result());
        }
        if (reply instanceof Reply.Unanswered) {
            return new RpcOutcome.Failure(JsonRpcError.of(
                    JsonRpcError.UNANSWERED, "The call is safely in the log, but its result is not here yet"));
        }
        if (reply instanceof Reply.NotTaken notTaken) {
            return new RpcOutcome.Failure(JsonRpcError.of(JsonRpcError.UNAVAILABLE, notTaken.why()));
        }
        if (reply instanceof Reply.PerhapsTaken) {
            return new RpcOutcome.Failure(JsonRpcError.of(
                    JsonRpcError.UNAVAILABLE,
                    "Kafka did not confirm the call in time: it may have been taken, or not. With an"
                            + " Idempotency-Key, the same call again is safe"));
        }
        return unreadable();
    }

    private static RpcOutcome decided(CommandRequest request, CommandResult result) {
        if (result.getStatus() == ResultStatus.REJECTED) {
            return new RpcOutcome.Failure(rejected(request, result));
        }
        if (result.getStatus() == ResultStatus.UNKNOWN || result.getCustomer().isEmpty()) {
            return unreadable();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Id", result.getCustomerId());
        body.put(
                "Status",
                NetXdState.spelling(
                        result.getCustomer().orElseThrow().getState().getState().name()));
        return new RpcOutcome.Result(body);
    }

    private static JsonRpcError rejected(CommandRequest request, CommandResult result) {
        RejectionCode code = result.getCode().orElse(RejectionCode.UNKNOWN);
        return new JsonRpcError(
                code == RejectionCode.INVALID_REQUEST ? JsonRpcError.INVALID_PARAMS : JsonRpcError.REJECTED,
                result.getMessage().orElse("The call was turned down"),
                Optional.of(code.name()),
                result.getField().flatMap(request.paths()::named),
                Optional.empty());
    }

    private static RpcOutcome unreadable() {
        return new RpcOutcome.Failure(JsonRpcError.of(
                JsonRpcError.INTERNAL_ERROR, "The call was decided, but this gateway cannot read the result"));
    }
}
