package dev.standing.gateway.http;

import java.util.concurrent.CompletableFuture;

/** What answers the requests to a route. Called by many threads. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers a request.
     *
     * @return the answer, when it is there; no thread is held until then
     */
    CompletableFuture<Answer> answer(Request request);
}
