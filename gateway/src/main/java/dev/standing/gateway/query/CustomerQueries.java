package dev.standing.gateway.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Questions about customers. Answers come within a bounded time, hold no thread until then, and are never completed
 * exceptionally. Safe for use by many threads.
 */
public interface CustomerQueries {

    /**
     * A customer, as REST shows it.
     *
     * @param asOf the time whose state is asked for; empty: now
     * @param knownAt the time whose knowledge counts; empty: now
     */
    CompletableFuture<QueryAnswer<JsonNode>> customer(
            String customerId, Optional<Instant> asOf, Optional<Instant> knownAt);

    /**
     * A page of a customer's history, oldest event first, as REST shows it.
     *
     * @param after the sequence of the last event that is not wanted any more; 0: from the first on
     * @param limit the most events; more than zero
     */
    CompletableFuture<QueryAnswer<JsonNode>> events(String customerId, long after, int limit);

    /**
     * A page of a customer's subordinates, parents before children, as REST shows it.
     *
     * @param after the {@code next} of the page before; empty: the first page
     * @param limit the most subordinates; more than zero
     */
    CompletableFuture<QueryAnswer<JsonNode>> subordinates(String customerId, Optional<String> after, int limit);

    /**
     * A page of what is planned, soonest first, over all customers, as REST shows it: all of them, or there is no answer.
     */
    CompletableFuture<QueryAnswer<JsonNode>> changes(ChangesQuery query);

    /**
     * The remembered result of a request, as the processor gives it: {@code requestId}, {@code commandId}, {@code status}
     * and {@code decidedAt}; if that is REJECTED, {@code code}, {@code message} and {@code field}, as a result has them;
     * otherwise the customer, as REST shows it, or null. Unknown is one that is not decided, forgotten, or never came.
     *
     * @param source who sent it
     */
    CompletableFuture<QueryAnswer<JsonNode>> request(String customerId, String source, String requestId);

    /** The id of the customer that was granted an externalId. Once found, it never changes. */
    CompletableFuture<QueryAnswer<String>> customerIdOf(String externalId);
}
