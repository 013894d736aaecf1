package dev.standing.processor.store;

import dev.standing.avro.ExternalIdClaim;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Whose the externalIds of a task are. */
public final class ClaimStore {

    private static final String NAME = "external-ids";

    private final KeyValueStore<String, ExternalIdClaim> store;

    /** A view of a task's store. */
    public ClaimStore(KeyValueStore<String, ExternalIdClaim> store) {
        this.store = store;
    }

    /** The name of the store. */
    public static String name() {
        return NAME;
    }

    /** Builds the store. */
    public static StoreBuilder<KeyValueStore<String, ExternalIdClaim>> builder(Serde<ExternalIdClaim> serde) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.String(), serde)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** The claim that was granted; empty if nobody has the externalId. */
    public Optional<ExternalIdClaim> find(String externalId) {
        return Optional.ofNullable(store.get(externalId));
    }

    /** The externalId is claimed from now on. */
    public void put(ExternalIdClaim claim) {
        store.put(claim.getExternalId(), claim);
    }

    /** Nobody has the externalId from now on. */
    public void remove(ExternalIdClaim claim) {
        store.delete(claim.getExternalId());
    }
}
