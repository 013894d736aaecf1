package dev.standing.gateway.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of a call. */
sealed interface RpcOutcome {

    /** It succeeded. */
    record Result(JsonNode value) implements RpcOutcome {}

    /** It failed. */
    record Failure(JsonRpcError error) implements RpcOutcome {}
}
