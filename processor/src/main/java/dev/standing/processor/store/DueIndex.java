package dev.standing.processor.store;

import dev.standing.domain.decision.Settlement.DueTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
 * When something of a task's customers is to be settled: an index over their planned changes, in order of time. A row
 * says that a customer is to be looked at, no more: one whose change is gone or was replaced does no harm.
 *
 * <p>Keys are the time, in milliseconds since the epoch with its sign flipped so that bytes sort as times do, the
 * customerId after its length, and the changeId.
 */
public final class DueIndex {

    private static final String NAME = "due";
    private static final byte[] NOTHING = {};

    /** Later than any date of a change, and its bytes sort before the key of the rules. */
    private static final long LATEST = Long.MAX_VALUE / 2;

    /** Sorts behind all rows. */
    private static final Bytes RULES = Bytes.wrap(new byte[] {(byte) 0xFF});

    private final KeyValueStore<Bytes, byte[]> store;

    /** All rows below this one were deleted: a scan from the beginning would walk over what is left of them. */
    private Bytes cursor = lowest(Long.MIN_VALUE);

    /** No row is earlier; one of this time may be gone. */
    private Optional<Instant> next;

    /** A view of a task's store. */
    public DueIndex(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.next = seek();
    }

    /**
     * A row.
     *
     * @param at when the customer is to be looked at
     * @param changeId the planned change because of which
     */
    public record Row(Instant at, String customerId, String changeId) {}

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

    /** Adds a row; once is enough. */
    public void add(Row row) {
        Bytes key = key(row);
        store.put(key, NOTHING);
        next = next.filter(earliest -> !row.at().isBefore(earliest)).or(() -> Optional.of(row.at()));
        if (key.compareTo(cursor) < 0) {
            cursor = key;
        }
    }

    /** Adds the row of a customer's due time. */
    public void add(String customerId, DueTime due) {
        add(new Row(due.at(), customerId, due.changeId()));
    }

    /** Removes a row, if it is there. */
    public void remove(Row row) {
        store.delete(key(row));
    }

    /** Removes the row of a customer's due time, if it is there. */
    public void remove(String customerId, DueTime due) {
        remove(new Row(due.at(), customerId, due.changeId()));
    }

    /** A time than which no row is earlier; empty if there is no row. Does not touch the store. */
    public Optional<Instant> next() {
        return next;
    }

    /**
     * Takes out the rows whose time has come, the earliest first.
     *
     * @param most how many at most
     */
    public List<Row> take(Instant now, int most) {
        List<Row> rows = rows(now.toEpochMilli() + 1, most);
        rows.forEach(this::remove);
        next = seek();
        return rows;
    }

    private Optional<Instant> seek() {
        return rows(LATEST, 1).stream().findFirst().map(Row::at);
    }

    /** The rules that the rows were made by; no text, if none were ever set. */
    public String rules() {
        byte[] rules = store.get(RULES);
        return rules == null ? "" : new String(rules, StandardCharsets.UTF_8);
    }

    /** From now on the rows are those of other rules. */
    public void setRules(String rules) {
        store.put(RULES, rules.getBytes(StandardCharsets.UTF_8));
    }

    /** The first rows before a time in milliseconds. */
    private List<Row> rows(long before, int most) {
        Bytes end = lowest(before);
        if (cursor.compareTo(end) > 0) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> iterator = store.range(cursor, end)) {
            while (rows.size() < most && iterator.hasNext()) {
                Bytes key = iterator.next().key;
                if (rows.isEmpty()) {
                    cursor = key;
                }
                rows.add(row(key));
            }
        }
        return rows;
    }

    private static Bytes lowest(long millis) {
        return Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES).putLong(flipped(millis)).array());
    }

    private static Bytes key(Row row) {
        byte[] customerId = row.customerId().getBytes(StandardCharsets.UTF_8);
        byte[] changeId = row.changeId().getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + Integer.BYTES + customerId.length + changeId.length)
                .putLong(flipped(row.at().toEpochMilli()))
                .putInt(customerId.length)
                .put(customerId)
                .put(changeId)
                .array());
    }

    private static Row row(Bytes key) {
        ByteBuffer bytes = ByteBuffer.wrap(key.get());
        Instant at = Instant.ofEpochMilli(flipped(bytes.getLong()));
        byte[] customerId = new byte[bytes.getInt()];
        bytes.get(customerId);
        byte[] changeId = new byte[bytes.remaining()];
        bytes.get(changeId);
        return new Row(
                at, new String(customerId, StandardCharsets.UTF_8), new String(changeId, StandardCharsets.UTF_8));
    }

    private static long flipped(long millis) {
        return millis ^ Long.MIN_VALUE;
    }
}
