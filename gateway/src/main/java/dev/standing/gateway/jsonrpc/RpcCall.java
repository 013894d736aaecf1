package dev.standing.gateway.jsonrpc;

import dev.standing.gateway.json.JsonMember;

/**
 * A call of a method.
 *
 * @param params the parameters, not yet looked into
 * @param payload the bytes of {@code params.payload}, exactly as they were received; none where that is no object
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record RpcCall(JsonMember params, byte[] payload) {}
