package dev.standing.processor.history;

/**
 * What a query is about: it decides which processor can answer.
 *
 * @param kind what the key is
 * @param key a customerId or an externalId
 */
public record Subject(Kind kind, String key) {

    /** What there are queries about. */
    public enum Kind {
        /** A customer and its events, by customerId. */
        CUSTOMER(HistoryStores.LATEST),
        /** The customer that an externalId belongs to, by externalId. */
        EXTERNAL_ID(HistoryStores.EXTERNAL_ID_OWNERS),
        /** The requests for a customer, whether there is one or not, by customerId. */
        REQUESTS(HistoryStores.RESULTS);

        private final String store;

        Kind(String store) {
            this.store = store;
        }

        /** A store that lies where the subjects lie. */
        String store() {
            return store;
        }
    }
}
