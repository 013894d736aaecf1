package dev.standing.processor.store;

import dev.standing.avro.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The customers of a task: the truth that commands are decided on. */
public final class CustomerStore {

    private static final String NAME = "customers";

    private final KeyValueStore<String, Customer> store;

    /** A view of a task's store. */
    public CustomerStore(KeyValueStore<String, Customer> store) {
        this.store = store;
    }

    /** The name of the store. */
    public static String name() {
        return NAME;
    }

    /** Builds the store. */
    public static StoreBuilder<KeyValueStore<String, Customer>> builder(Serde<Customer> serde) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.String(), serde)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** The customer; empty if it was never registered. */
    public Optional<Customer> find(String customerId) {
        return Optional.ofNullable(store.get(customerId));
    }

    /** Keeps the customer in place of what was kept before. */
    public void put(Customer customer) {
        store.put(customer.getCustomerId(), customer);
    }

    /**
     * The next customers in the order of their ids.
     *
     * @param customerId behind this one; empty: from the first on
     * @param most how many at most; fewer are the last ones
     */
    public List<Customer> behind(Optional<String> customerId, int most) {
        List<Customer> found = new ArrayList<>();
        try (KeyValueIterator<String, Customer> customers = store.range(customerId.orElse(null), null)) {
            while (found.size() < most && customers.hasNext()) {
                KeyValue<String, Customer> next = customers.next();
                if (!customerId.equals(Optional.of(next.key))) {
                    found.add(next.value);
                }
            }
        }
        return found;
    }
}
