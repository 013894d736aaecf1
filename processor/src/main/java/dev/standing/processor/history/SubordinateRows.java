package dev.standing.processor.history;

import dev.standing.avro.SubordinateRef;
import dev.standing.avro.store.ListedSubordinate;
import dev.standing.processor.store.CustomerKey;
import dev.standing.serde.StoreCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The rows of the subordinates of one partition's customers. A subordinate has one by its name, which tells its depth,
 * and one by its {@link SubordinatePosition}, which has all the rest. The one by name says whether there is a
 * subordinate, and where: a row at another place was left over by events that came again, and counts for nothing. A
 * customer has one row beside these, which tells its latest cascade that is complete.
 */
final class SubordinateRows {

    private static final byte BY_NAME = 1;
    private static final byte BY_POSITION = 2;
    private static final byte BEHIND_POSITIONS = 3;
    private static final byte CASCADE = 4;

    private static final StoreCodec<ListedSubordinate> CODEC = new StoreCodec<>(ListedSubordinate.class);

    private SubordinateRows() {}

    static Bytes byName(String customerId, SubordinateRef ref) {
        return key(customerId, BY_NAME, SubordinatePosition.name(ref));
    }

    static Bytes byPosition(String customerId, SubordinatePosition position) {
        return key(customerId, BY_POSITION, position.bytes().get());
    }

    static Bytes cascade(String customerId) {
        return key(customerId, CASCADE, new byte[0]);
    }

    private static Bytes key(String customerId, byte kind, byte[] row) {
        return CustomerKey.of(
                customerId,
                ByteBuffer.allocate(1 + row.length).put(kind).put(row).array());
    }

    static byte[] depth(int depth) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(depth).array();
    }

    static byte[] sequence(long sequence) {
        return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
    }

    static byte[] value(ListedSubordinate listed) {
        return CODEC.encode(listed);
    }

    /** How deep a customer's subordinate of that name is; empty if there is none. */
    static OptionalInt depth(ReadOnlyKeyValueStore<Bytes, byte[]> store, String customerId, SubordinateRef ref) {
        byte[] depth = store.get(byName(customerId, ref));
        return depth == null
                ? OptionalInt.empty()
                : OptionalInt.of(ByteBuffer.wrap(depth).getInt());
    }

    /** The sequence of the event that started the customer's latest complete cascade; empty: none is complete. */
    static OptionalLong completedCascade(ReadOnlyKeyValueStore<Bytes, byte[]> store, String customerId) {
        byte[] sequence = store.get(cascade(customerId));
        return sequence == null
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(sequence).getLong());
    }

    /**
     * A subordinate as it was registered last.
     *
     * @param position where it stands
     */
    record Row(SubordinatePosition position, ListedSubordinate listed) {}

    /**
     * Subordinates of a customer, parents before children.
     *
     * @param after only those behind this place; empty: from the first on
     * @param limit how many at most
     */
    static List<Row> read(
            ReadOnlyKeyValueStore<Bytes, byte[]> store,
            String customerId,
            Optional<SubordinatePosition> after,
            int limit) {
        List<Row> found = new ArrayList<>();
        Bytes from = after.map(position -> byPosition(customerId, position.next()))
                .orElseGet(() -> key(customerId, BY_POSITION, new byte[0]));
        // No row has the key of the end itself.
        Bytes end = key(customerId, BEHIND_POSITIONS, new byte[0]);
        try (KeyValueIterator<Bytes, byte[]> range = store.range(from, end)) {
            while (found.size() < limit && range.hasNext()) {
                current(store, customerId, range.next()).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The row, unless it was left over. */
    private static Optional<Row> current(
            ReadOnlyKeyValueStore<Bytes, byte[]> store, String customerId, KeyValue<Bytes, byte[]> row) {
        ListedSubordinate listed = CODEC.decode(row.value);
        SubordinateRef ref = new SubordinateRef(
                listed.getSubordinate().getType(), listed.getSubordinate().getId());
        OptionalInt depth = depth(store, customerId, ref);
        if (depth.isEmpty()) {
            return Optional.empty();
        }
        SubordinatePosition position = SubordinatePosition.of(depth.getAsInt(), ref);
        return byPosition(customerId, position).equals(row.key)
                ? Optional.of(new Row(position, listed))
                : Optional.empty();
    }
}
