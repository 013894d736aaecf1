package dev.standing.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.query.ChangesQuery;
import dev.standing.gateway.query.CustomerQueries;
import dev.standing.gateway.query.QueryAnswer;
import dev.standing.gateway.query.QueryAnswer.Failed;
import dev.standing.gateway.query.QueryAnswer.Found;
import dev.standing.gateway.query.QueryFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Queries that are answered at once, from what was put in; the rest is unknown. Safe for use by many threads, once all is
 * put in.
 */
public final class StubQueries implements CustomerQueries {

    private final Map<String, JsonNode> customers = new HashMap<>();
    private final Map<String, JsonNode> pages = new HashMap<>();
    private final Map<String, JsonNode> subordinates = new HashMap<>();
    private final Map<String, JsonNode> requests = new HashMap<>();
    private final Map<String, String> externalIds = new HashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private Optional<JsonNode> changes = Optional.empty();
    private Optional<QueryFailure> failure = Optional.empty();

    /** Puts in a customer. */
    public StubQueries customer(String customerId, JsonNode customer) {
        customers.put(customerId, customer);
        return this;
    }

    /** Puts in a page of history. */
    public StubQueries page(String customerId, JsonNode page) {
        pages.put(customerId, page);
        return this;
    }

    /** Puts in a page of what is planned. */
    public StubQueries changes(JsonNode page) {
        changes = Optional.of(page);
        return this;
    }

    /** Puts in a page of subordinates. */
    public StubQueries subordinates(String customerId, JsonNode page) {
        subordinates.put(customerId, page);
        return this;
    }

    /** Puts in the result of a request. */
    public StubQueries result(String customerId, String source, String requestId, JsonNode result) {
        requests.put(customerId + " " + source + " " + requestId, result);
        return this;
    }

    /** Puts in who has an externalId. */
    public StubQueries granted(String externalId, String customerId) {
        externalIds.put(externalId, customerId);
        return this;
    }

    /** From now on, this is all that is answered. */
    public StubQueries failing(QueryFailure always) {
        failure = Optional.of(always);
        return this;
    }

    /** What was asked, one text per query. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> customer(
            String customerId, Optional<Instant> asOf, Optional<Instant> knownAt) {
        asked.add("customer " + customerId + " " + asOf.map(Instant::toString).orElse("-") + " "
                + knownAt.map(Instant::toString).orElse("-"));
        return answer(Optional.ofNullable(customers.get(customerId)));
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> events(String customerId, long after, int limit) {
        asked.add("events " + customerId + " " + after + " " + limit);
        return answer(Optional.ofNullable(pages.get(customerId)));
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> subordinates(String customerId, Optional<String> after, int limit) {
        asked.add("subordinates " + customerId + " " + after.orElse("-") + " " + limit);
        return answer(Optional.ofNullable(subordinates.get(customerId)));
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> changes(ChangesQuery query) {
        asked.add("changes " + query.status().orElse("-") + " "
                + query.dueBefore().map(Instant::toString).orElse("-") + " "
                + query.after().orElse("-") + " " + query.limit());
        return answer(changes);
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> request(String customerId, String source, String requestId) {
        String request = customerId + " " + source + " " + requestId;
        asked.add("request " + request);
        return answer(Optional.ofNullable(requests.get(request)));
    }

    @Override
    public CompletableFuture<QueryAnswer<String>> customerIdOf(String externalId) {
        asked.add("externalId " + externalId);
        return answer(Optional.ofNullable(externalIds.get(externalId)));
    }

    private <T> CompletableFuture<QueryAnswer<T>> answer(Optional<T> found) {
        QueryFailure miss = failure.orElse(new QueryFailure.Unknown("Nobody."));
        return CompletableFuture.completedFuture(
                failure.isEmpty() && found.isPresent() ? new Found<>(found.get()) : new Failed<>(miss));
    }
}
