package dev.standing.processor.store;

import dev.standing.domain.command.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Window stores that keep something of each request for as long as requests are remembered, and are only asked for
 * points: the window of a request begins at some time of it, rounded down to a multiple of the time that requests are
 * remembered. So a request is in the window of now or in the one before, and a store forgets by dropping whole segments.
 * A time from the future would empty a store: whoever puts sees to it that there is none. Immutable.
 */
public final class RequestWindows {

    private final Duration retention;

    /**
     * Windows for requests that are remembered so long.
     *
     * @param retention the same for everything that is done with one store
     */
    public RequestWindows(Duration retention) {
        this.retention = retention;
    }

    /** Builds a store. */
    public <V> StoreBuilder<WindowStore<Bytes, V>> builder(String name, Serde<V> serde) {
        WindowBytesStoreSupplier segmented =
                Stores.persistentWindowStore(name, retention.multipliedBy(2), retention, false);
        return Stores.windowStoreBuilder(new EmptiableWindowStores(segmented), Serdes.Bytes(), serde)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** Whether a request is still remembered now that was decided at some time. */
    public boolean isRemembered(Instant decidedAt, Instant now) {
        return now.isBefore(decidedAt.plus(retention));
    }

    /**
     * What was last put under a key; it may be older than requests are remembered.
     *
     * <p>The window after that of now is asked, too: the store may come from a machine whose clock is ahead.
     */
    public <V> Optional<V> find(ReadOnlyWindowStore<Bytes, V> store, RequestKey key, Instant now) {
        Bytes bytes = RequestKeyBytes.of(key);
        long current = windowOf(now);
        return fetch(store, bytes, current + retention.toMillis())
                .or(() -> fetch(store, bytes, current))
                .or(() -> fetch(store, bytes, current - retention.toMillis()));
    }

    /** Puts something under a key, into the window of a time. */
    public <V> void put(WindowStore<Bytes, V> store, RequestKey key, V value, Instant time) {
        store.put(RequestKeyBytes.of(key), value, windowOf(time));
    }

    private static <V> Optional<V> fetch(ReadOnlyWindowStore<Bytes, V> store, Bytes key, long window) {
        return window < 0 ? Optional.empty() : Optional.ofNullable(store.fetch(key, window));
    }

    private long windowOf(Instant time) {
        long windowMillis = retention.toMillis();
        return Math.floorDiv(time.toEpochMilli(), windowMillis) * windowMillis;
    }
}
