package dev.standing.gateway.jsonrpc;

import dev.standing.gateway.http.Request;
import java.util.Map;

/** The methods of an endpoint. */
@FunctionalInterface
interface RpcMethods {

    /** The methods by their names, for the calls of one HTTP request: they are called in their order, by one thread. */
    Map<String, RpcMethod> serving(Request request);
}
