package dev.standing.processor.store;

import dev.standing.avro.store.OpenCascade;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The cascades of a task that are not through yet ({@code semantics.md} section 7), and whose turn it is. Those of one
 * customer run one after another, in the order of the changes; the customers take turns.
 */
public final class OpenCascades {

    private static final String NAME = "cascades";

    private final KeyValueStore<Bytes, OpenCascade> store;

    /** The customers that have open cascades, whoever waits longest first. Not those that were put off. */
    private final Set<String> ready = new LinkedHashSet<>();

    private final PriorityQueue<PutOff> putOff = new PriorityQueue<>(Comparator.comparing(PutOff::until));

    /** A view of a task's store; goes through all that is open. */
    public OpenCascades(KeyValueStore<Bytes, OpenCascade> store) {
        this.store = store;
        List<Begun> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, OpenCascade> open = store.all()) {
            open.forEachRemaining(
                    entry -> all.add(new Begun(entry.key, entry.value.getCustomerId(), entry.value.getStartedAt())));
        }
        all.sort(Comparator.comparing(Begun::at));
        for (Begun begun : all) {
            ready.add(begun.customerId());
            beginnings.put(begun.key(), begun.at());
        }
    }

    private record Begun(Bytes key, String customerId, Instant at) {}

    /** When those that are open began, the oldest first. */
    private final Map<Bytes, Instant> beginnings = new LinkedHashMap<>();

    private record PutOff(Instant until, String customerId) {}

    /** The name of the store. */
    public static String name() {
        return NAME;
    }

    /** Builds the store. */
    public static StoreBuilder<KeyValueStore<Bytes, OpenCascade>> builder(Serde<OpenCascade> serde) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.Bytes(), serde)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** Keeps a new cascade, behind the others of its customer. */
    public void open(OpenCascade cascade) {
        store.put(key(cascade), cascade);
        beginnings.put(key(cascade), cascade.getStartedAt());
        boolean isPutOff = putOff.stream().anyMatch(other -> other.customerId().equals(cascade.getCustomerId()));
        if (!isPutOff) {
            ready.add(cascade.getCustomerId());
        }
    }

    /** Keeps how far a cascade has come; its customer has its next turn after the others. */
    public void reached(OpenCascade cascade) {
        store.put(key(cascade), cascade);
        ready.add(cascade.getCustomerId());
    }

    /** A cascade is through; if its customer has another one, it has its next turn after the others. */
    public void close(OpenCascade cascade) {
        store.delete(key(cascade));
        beginnings.remove(key(cascade));
        if (first(cascade.getCustomerId()).isPresent()) {
            ready.add(cascade.getCustomerId());
        }
    }

    /** The customer has no turn before that time. */
    public void putOff(String customerId, Instant until) {
        putOff.add(new PutOff(until, customerId));
    }

    /** How many are open. */
    public int count() {
        return beginnings.size();
    }

    /** When the oldest of them began; empty: none is open. */
    public Optional<Instant> oldest() {
        return beginnings.values().stream().findFirst();
    }

    /** When a customer has its turn; a time that is past: now. Empty: nothing is open. */
    public Optional<Instant> next() {
        return ready.isEmpty() ? Optional.ofNullable(putOff.peek()).map(PutOff::until) : Optional.of(Instant.MIN);
    }

    /** The first cascade of the customer whose turn it is; the customer has no other turn before it is told what became of it. */
    public Optional<OpenCascade> take(Instant now) {
        while (!putOff.isEmpty() && !putOff.peek().until().isAfter(now)) {
            ready.add(putOff.poll().customerId());
        }
        Optional<String> customerId = ready.stream().findFirst();
        customerId.ifPresent(ready::remove);
        return customerId.flatMap(this::first);
    }

    private Optional<OpenCascade> first(String customerId) {
        Bytes from = CustomerKey.of(customerId, sequence(0));
        Bytes to = CustomerKey.of(customerId, sequence(Long.MAX_VALUE));
        try (KeyValueIterator<Bytes, OpenCascade> open = store.range(from, to)) {
            return open.hasNext() ? Optional.of(open.next().value) : Optional.empty();
        }
    }

    private static Bytes key(OpenCascade cascade) {
        return CustomerKey.of(cascade.getCustomerId(), sequence(cascade.getCauseSequence()));
    }

    private static byte[] sequence(long sequence) {
        return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
    }
}
