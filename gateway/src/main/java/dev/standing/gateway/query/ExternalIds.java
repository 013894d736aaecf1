package dev.standing.gateway.query;

import dev.standing.gateway.query.QueryAnswer.Found;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Who has which externalId. What a result proves is kept, since the externalId of a customer that exists never moves.
 * What a look-up finds is not: it may have been granted to a registration that is turned down after all. Safe for use by
 * many threads.
 */
public final class ExternalIds {

    private final CustomerQueries queries;
    private final Map<String, String> customerIds;

    /**
     * Knows nobody yet.
     *
     * @param queries asked for what is not known
     * @param capacity the most that is kept; beyond, what was not asked for longest is forgotten
     */
    public ExternalIds(CustomerQueries queries, int capacity) {
        this.queries = queries;
        this.customerIds = Collections.synchronizedMap(new LeastRecentlyUsed(capacity));
    }

    /** The id of the customer that was granted an externalId, as {@link CustomerQueries#customerIdOf} gives it. */
    public CompletableFuture<QueryAnswer<String>> customerIdOf(String externalId) {
        Optional<String> known = Optional.ofNullable(customerIds.get(externalId));
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(new Found<>(known.get()));
        }
        return queries.customerIdOf(externalId);
    }

    /** Keeps what a result says of a customer that exists. */
    public void keep(String externalId, String customerId) {
        customerIds.put(externalId, customerId);
    }

    private static final class LeastRecentlyUsed extends LinkedHashMap<String, String> {

        private static final long serialVersionUID = 1L;

        private final int capacity;

        LeastRecentlyUsed(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > capacity;
        }
    }
}
