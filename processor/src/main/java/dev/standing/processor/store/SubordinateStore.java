package dev.standing.processor.store;

import dev.standing.avro.store.KeptSubordinate;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.hierarchy.HierarchyChange;
import dev.standing.domain.hierarchy.HierarchyChange.Put;
import dev.standing.domain.hierarchy.HierarchyChange.Remove;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.mapping.SubordinateMapping;
import dev.standing.serde.StoreCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The subordinates of a task's customers. Each has two rows: one by its name, which tells its depth, and one by its
 * depth and name, which has all the rest. So that one that is named is found, and parents come before their children
 * when all are gone through.
 */
public final class SubordinateStore {

    private static final String NAME = "subordinates";

    private static final byte BY_NAME = 1;
    private static final byte BY_DEPTH = 2;
    private static final byte BEHIND_BOTH = 3;

    private final KeyValueStore<Bytes, byte[]> store;
    private final StoreCodec<KeptSubordinate> codec;

    /** A view of a task's store. */
    public SubordinateStore(KeyValueStore<Bytes, byte[]> store, StoreCodec<KeptSubordinate> codec) {
        this.store = store;
        this.codec = codec;
    }

    /**
     * A place in the order in which subordinates are gone through.
     *
     * @param depth that of the subordinate
     * @param ref its name
     */
    public record Position(int depth, SubordinateRef ref) {

        /** That of a subordinate. */
        public static Position of(Subordinate subordinate) {
            return new Position(subordinate.depth(), subordinate.ref());
        }
    }

    /** The name of the store. */
    public static String name() {
        return NAME;
    }

    /** Builds the store. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** Those of a customer. */
    public Hierarchy of(String customerId) {
        return ref -> find(customerId, ref);
    }

    /** Keeps what has become of those of a customer. */
    public void apply(String customerId, List<HierarchyChange> changes) {
        for (HierarchyChange change : changes) {
            if (change instanceof Put put) {
                put(customerId, put.subordinate());
            } else if (change instanceof Remove remove) {
                remove(customerId, remove.subordinate());
            }
        }
    }

    /** Keeps a subordinate of a customer, in place of what was kept of it before. */
    public void put(String customerId, Subordinate subordinate) {
        store.put(
                byName(customerId, subordinate.ref()),
                ByteBuffer.allocate(Integer.BYTES).putInt(subordinate.depth()).array());
        update(customerId, subordinate);
    }

    /** Keeps a subordinate that is kept already, at the same depth. */
    public void update(String customerId, Subordinate subordinate) {
        KeptSubordinate kept = new KeptSubordinate(
                SubordinateMapping.toAvro(subordinate),
                subordinate.depth(),
                subordinate.registeredSequence(),
                subordinate.children());
        store.put(byDepth(customerId, Position.of(subordinate)), codec.encode(kept));
    }

    /**
     * The next ones of a customer, parents before children.
     *
     * @param position behind this one; empty: from the first on
     * @param most how many at most; fewer are the last ones
     */
    public List<Subordinate> behind(String customerId, Optional<Position> position, int most) {
        List<Subordinate> found = new ArrayList<>();
        Bytes from = position.map(reached -> byDepth(customerId, reached))
                .orElseGet(() -> CustomerKey.of(customerId, new byte[] {BY_DEPTH}));
        Bytes to = CustomerKey.of(customerId, new byte[] {BEHIND_BOTH});
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, to)) {
            while (found.size() < most && rows.hasNext()) {
                Subordinate next = subordinate(rows.next().value);
                if (!position.equals(Optional.of(Position.of(next)))) {
                    found.add(next);
                }
            }
        }
        return found;
    }

    private Optional<Subordinate> find(String customerId, SubordinateRef ref) {
        return Optional.ofNullable(store.get(byName(customerId, ref)))
                .map(depth ->
                        byDepth(customerId, new Position(ByteBuffer.wrap(depth).getInt(), ref)))
                .map(store::get)
                .map(this::subordinate);
    }

    private void remove(String customerId, Subordinate subordinate) {
        store.delete(byName(customerId, subordinate.ref()));
        store.delete(byDepth(customerId, Position.of(subordinate)));
    }

    private Subordinate subordinate(byte[] value) {
        KeptSubordinate kept = codec.decode(value);
        return SubordinateMapping.toDomain(
                kept.getSubordinate(), kept.getDepth(), kept.getRegisteredSequence(), kept.getChildren());
    }

    private static Bytes byName(String customerId, SubordinateRef ref) {
        byte[] name = name(ref);
        return CustomerKey.of(
                customerId,
                ByteBuffer.allocate(1 + name.length).put(BY_NAME).put(name).array());
    }

    private static Bytes byDepth(String customerId, Position position) {
        byte[] name = name(position.ref());
        return CustomerKey.of(
                customerId,
                ByteBuffer.allocate(1 + Integer.BYTES + name.length)
                        .put(BY_DEPTH)
                        .putInt(position.depth())
                        .put(name)
                        .array());
    }

    /** The type and the id, with what no type has in between. */
    private static byte[] name(SubordinateRef ref) {
        return (ref.type() + ":" + ref.id()).getBytes(StandardCharsets.UTF_8);
    }
}
