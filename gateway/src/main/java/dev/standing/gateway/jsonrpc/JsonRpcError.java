package dev.standing.gateway.jsonrpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a call failed.
 *
 * @param code the number
 * @param message for people
 * @param reason the rejection's code, for programs
 * @param field the path of the member that is to blame
 * @param retryAfter when the call may go well; at least a second
 */
record JsonRpcError(
        int code, String message, Optional<String> reason, Optional<String> field, Optional<Duration> retryAfter) {

    /** JSON-RPC: the text is no JSON. */
    static final int PARSE_ERROR = -32700;
    /** JSON-RPC: the JSON is no call. */
    static final int INVALID_REQUEST = -32600;
    /** JSON-RPC: the method does not exist. */
    static final int METHOD_NOT_FOUND = -32601;
    /** JSON-RPC: the parameters are wrong. Every INVALID_REQUEST of the processor is this. */
    static final int INVALID_PARAMS = -32602;
    /** JSON-RPC: the gateway is at fault. */
    static final int INTERNAL_ERROR = -32603;
    /** Nobody says who calls, or not truly. */
    static final int UNAUTHENTICATED = -32001;
    /** The processor turned the call down, or who calls may not. */
    static final int REJECTED = -32002;
    /** The call is in the log, but not yet answered. */
    static final int UNANSWERED = -32003;
    /** The call was not taken, or not for certain: try again later. */
    static final int UNAVAILABLE = -32004;

    /** An error that its number and message say all about. */
    static JsonRpcError of(int code, String message) {
        return new JsonRpcError(code, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The JSON form; data holds what is known beyond the message. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("code", code);
        json.put("message", message);
        if (reason.isPresent() || field.isPresent() || retryAfter.isPresent()) {
            ObjectNode data = json.putObject("data");
            reason.ifPresent(name -> data.put("code", name));
            field.ifPresent(name -> data.put("field", name));
            retryAfter.ifPresent(time -> data.put("retryAfter", time.toSeconds()));
        }
        return json;
    }
}
