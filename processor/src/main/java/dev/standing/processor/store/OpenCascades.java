package dev.standing.processor.store;

import dev.standing.avro.store.OpenCascade;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
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
            open.forEachRemaining(entry -> all.add(begun(entry.value)));
        }
        all.sort(Comparator.comparing(Begun::at));
        for (Begun begun : all) {
            ready.add(begun.customerId());
            begin(begun);
        }
    }

    private record Begun(String customerId, long sequence, Instant at) {}

    /** Those that are open, the oldest first. */
    private final Set<Begun> beginnings = new LinkedHashSet<>();

    /** The same by customer: a scan for the next one would walk over all that were closed. */
    private final Map<String, NavigableSet<Long>> sequences = new HashMap<>();

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
        begin(begun(cascade));
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
        beginnings.remove(begun(cascade));
        NavigableSet<Long> left = sequences.get(cascade.getCustomerId());
        left.remove(cascade.getCauseSequence());
        if (left.isEmpty()) {
            sequences.remove(cascade.getCustomerId());
        } else {
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
        return beginnings.stream().findFirst().map(Begun::at);
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
        return Optional.ofNullable(sequences.get(customerId))
                .map(open -> store.get(CustomerKey.of(customerId, sequence(open.first()))));
    }

    private void begin(Begun begun) {
        beginnings.add(begun);
        sequences.computeIfAbsent(begun.customerId(), unused -> new TreeSet<>()).add(begun.sequence());
    }

    private static Begun begun(OpenCascade cascade) {
        return new Begun(cascade.getCustomerId(), cascade.getCauseSequence(), cascade.getStartedAt());
    }

    private static Bytes key(OpenCascade cascade) {
        return CustomerKey.of(cascade.getCustomerId(), sequence(cascade.getCauseSequence()));
    }

    private static byte[] sequence(long sequence) {
        return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
    }
}
