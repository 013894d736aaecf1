package dev.standing.processor.store;

import dev.standing.avro.Customer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
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

    /** Hands over all customers, in no order. Takes as long as there are many. */
    public void forEach(Consumer<Customer> consumer) {
        try (KeyValueIterator<String, Customer> all = store.all()) {
            all.forEachRemaining(entry -> consumer.accept(entry.value));
        }
    }
}
