package dev.standing.processor.store;

import dev.standing.avro.store.RememberedRequest;
import dev.standing.domain.command.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The requests that were decided before, for as long as they are remembered ({@code semantics.md} section 4, step 1).
 *
 * <p>A window store that is only asked for points: the window of a request begins at the processor's clock, rounded
 * down to a multiple of the time that requests are remembered. So a request is in the window of now or in the one
 * before, and the store forgets by dropping whole segments. The record's own time plays no part: one record from the
 * future would empty the store.
 */
public final class RequestStore {

    private static final String NAME = "requests";

    private final WindowStore<Bytes, RememberedRequest> store;
    private final long windowMillis;

    /**
     * A view of a task's store.
     *
     * @param retention how long requests are remembered, as given to {@link #builder}
     */
    public RequestStore(WindowStore<Bytes, RememberedRequest> store, Duration retention) {
        this.store = store;
        this.windowMillis = retention.toMillis();
    }

    /** The name of the store. */
    public static String name() {
        return NAME;
    }

    /** Builds the store. */
    public static StoreBuilder<WindowStore<Bytes, RememberedRequest>> builder(
            Serde<RememberedRequest> serde, Duration retention) {
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(NAME, retention.multipliedBy(2), retention, false),
                        Serdes.Bytes(),
                        serde)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /**
     * What was last decided under a key; it may be older than requests are remembered.
     *
     * <p>The window after that of now is asked, too: the task may come from a machine whose clock is ahead.
     */
    public Optional<RememberedRequest> find(RequestKey key, Instant clock) {
        Bytes bytes = RequestKeyBytes.of(key);
        long current = windowOf(clock);
        return fetch(bytes, current + windowMillis)
                .or(() -> fetch(bytes, current))
                .or(() -> fetch(bytes, current - windowMillis));
    }

    /** Keeps what was decided under a key. */
    public void remember(RequestKey key, RememberedRequest request, Instant clock) {
        store.put(RequestKeyBytes.of(key), request, windowOf(clock));
    }

    private Optional<RememberedRequest> fetch(Bytes key, long window) {
        return window < 0 ? Optional.empty() : Optional.ofNullable(store.fetch(key, window));
    }

    private long windowOf(Instant clock) {
        return Math.floorDiv(clock.toEpochMilli(), windowMillis) * windowMillis;
    }
}
