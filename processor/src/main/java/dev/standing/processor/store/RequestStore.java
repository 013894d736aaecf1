package dev.standing.processor.store;

import dev.standing.avro.store.RememberedRequest;
import dev.standing.domain.command.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The requests that were decided before, for as long as they are remembered ({@code semantics.md} section 4, step 1), in
 * {@link RequestWindows} of the processor's clock. The record's own time plays no part: one record from the future would
 * empty the store.
 */
public final class RequestStore {

    private static final String NAME = "requests";

    private final WindowStore<Bytes, RememberedRequest> store;
    private final RequestWindows windows;

    /**
     * A view of a task's store.
     *
     * @param retention how long requests are remembered, as given to {@link #builder}
     */
    public RequestStore(WindowStore<Bytes, RememberedRequest> store, Duration retention) {
        this.store = store;
        this.windows = new RequestWindows(retention);
    }

    /** The name of the store. */
    public static String name() {
        return NAME;
    }

    /** Builds the store. */
    public static StoreBuilder<WindowStore<Bytes, RememberedRequest>> builder(
            Serde<RememberedRequest> serde, Duration retention) {
        return new RequestWindows(retention).builder(NAME, serde);
    }

    /** What was last decided under a key; it may be older than requests are remembered. */
    public Optional<RememberedRequest> find(RequestKey key, Instant clock) {
        return windows.find(store, key, clock);
    }

    /** Keeps what was decided under a key. */
    public void remember(RequestKey key, RememberedRequest request, Instant clock) {
        windows.put(store, key, request, clock);
    }
}
