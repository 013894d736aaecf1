package dev.standing.gateway.jsonrpc;

import java.util.concurrent.CompletableFuture;

/** A method that can be called. */
@FunctionalInterface
interface RpcMethod {

    /**
     * Calls it.
     *
     * @return what came of it, within a bounded time; never exceptional
     */
    CompletableFuture<RpcOutcome> call(RpcCall call);
}
