package dev.standing.gateway.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the answer to a call is marked.
 *
 * @param id the call's id, given back as it came; empty: a notification, which has no answer
 * @param version whether to say {@code "jsonrpc": "2.0"}: to a call that says so, and to what is no call at all
 */
record ReturnAddress(Optional<JsonNode> id, boolean version) {

    private static final Logger LOG = LoggerFactory.getLogger(ReturnAddress.class);
    private static final String VERSION = "2.0";

    /** The address of what could not be read as a call. Who sent it is answered as the specification has it. */
    static ReturnAddress unknown() {
        return new ReturnAddress(Optional.of(NullNode.getInstance()), true);
    }

    /** The answer to a call; empty for a notification, whose failure is logged instead. */
    Optional<JsonNode> outcome(RpcOutcome outcome) {
        return outcome instanceof RpcOutcome.Result result
                ? result(result.value())
                : error(((RpcOutcome.Failure) outcome).error());
    }

    /** An answer that the call succeeded; empty for a notification. */
    Optional<JsonNode> result(JsonNode result) {
        return answer("result", result);
    }

    /** An answer that the call failed; empty for a notification, whose failure is logged instead. */
    Optional<JsonNode> error(JsonRpcError error) {
        if (id.isEmpty()) {
            LOG.warn(
                    "A notification failed: {} {}", error.code(), error.reason().orElse(""));
        }
        return answer("error", error.toJson());
    }

    private Optional<JsonNode> answer(String name, JsonNode value) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (version) {
            answer.put("jsonrpc", VERSION);
        }
        answer.set("id", id.get());
        answer.set(name, value);
        return Optional.of(answer);
    }
}
