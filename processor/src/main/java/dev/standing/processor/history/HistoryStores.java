package dev.standing.processor.history;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.store.RecordedEvent;
import dev.standing.processor.store.RequestWindows;
import dev.standing.serde.StoreCodec;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** The stores of the read model. What is put is there for queries at once: nothing is cached in front of them. */
final class HistoryStores {

    /** All events, by {@link EventKey}. */
    static final String HISTORY = "history";

    /** The customers as their events so far made them, by customerId. */
    static final String LATEST = "latest";

    /** What the customers plan, as {@link AgendaRows} has it. */
    static final String PLANNED = "planned";

    /** The subordinates of the customers, as {@link SubordinateRows} has them. */
    static final String SUBORDINATES = "subordinates";

    /** Decided claims, by externalId. */
    static final String EXTERNAL_ID_OWNERS = "external-id-owners";

    /** The results of requests, for as long as these are remembered, in {@link RequestWindows}. */
    static final String RESULTS = "results";

    /** An event near the largest that brokers take must fit into the changelog, too, with its hash. */
    private static final Map<String, String> CHANGELOG = Map.of("max.message.bytes", Integer.toString(2 * 1024 * 1024));

    private HistoryStores() {}

    static StoreBuilder<KeyValueStore<Bytes, RecordedEvent>> history() {
        return store(HISTORY, Serdes.Bytes(), new StoreCodec<>(RecordedEvent.class));
    }

    static StoreBuilder<KeyValueStore<String, Customer>> latest() {
        return store(LATEST, Serdes.String(), new StoreCodec<>(Customer.class));
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> planned() {
        return store(PLANNED, Serdes.Bytes(), Serdes.ByteArray());
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> subordinates() {
        return store(SUBORDINATES, Serdes.Bytes(), Serdes.ByteArray());
    }

    static StoreBuilder<KeyValueStore<String, ExternalIdClaim>> externalIdOwners() {
        return store(EXTERNAL_ID_OWNERS, Serdes.String(), new StoreCodec<>(ExternalIdClaim.class));
    }

    static StoreBuilder<WindowStore<Bytes, CommandResult>> results(RequestWindows windows) {
        return windows.builder(RESULTS, new StoreCodec<>(CommandResult.class));
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values)
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }
}
