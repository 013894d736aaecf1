package dev.standing.processor.store;

import dev.standing.domain.decision.Settlement.DueTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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
 *
 * <p>The earliest rows are kept in memory, too. Whatever is deleted from a store leaves something behind that every
 * scan across it walks over, so the store is scanned only to fetch more rows when those are used up, and never across
 * the same rows twice. A floor, kept in the store, tells the next task where its first scan may begin.
 */
public final class DueIndex {

    private static final String NAME = "due";
    private static final byte[] NOTHING = {};

    /** How many rows are fetched at a time. */
    private static final int FETCH = 1_000;

    /** Later than any date of a change, and its bytes sort before the keys that are no rows. */
    private static final Bytes END = lowest(Long.MAX_VALUE / 2);

    /** These two sort behind all rows. */
    private static final Bytes FLOOR = Bytes.wrap(new byte[] {(byte) 0xFE});

    private static final Bytes RULES = Bytes.wrap(new byte[] {(byte) 0xFF});

    private final KeyValueStore<Bytes, byte[]> store;
    private final int fetch;

    /** All rows before the horizon. Empty only if there is no row at all. */
    private final TreeSet<Bytes> front = new TreeSet<>();

    /** Rows from this one on are in the store only; empty: all are in memory. */
    private Optional<Bytes> horizon;

    /** No row in the store is earlier. */
    private long floor;

    private int takenSinceFloor;

    /** A view of a task's store. */
    public DueIndex(KeyValueStore<Bytes, byte[]> store) {
        this(store, FETCH);
    }

    /**
     * A view of a task's store.
     *
     * @param fetch how many rows are fetched at a time. Twice as many are kept in memory at most; and as many that were
     *     taken are walked over at most when the next task begins
     */
    DueIndex(KeyValueStore<Bytes, byte[]> store, int fetch) {
        this.store = store;
        this.fetch = fetch;
        this.floor = storedFloor();
        this.horizon = Optional.of(lowest(floor));
        fetch();
    }

    /**
     * A row.
     *
     * @param at when the customer is to be looked at
     * @param changeId the planned change because of which
     */
    public record Row(Instant at, String customerId, String changeId) {}

    /**
     * Where rows of some time lie in the store.
     *
     * @param first no row's key is lower
     * @param last no row's key is higher
     */
    public record KeyRange(Bytes first, Bytes last) {}

    /** Where the rows of these times lie; both are included. */
    public static KeyRange keysOf(Instant earliest, Instant latest) {
        return new KeyRange(lowest(earliest.toEpochMilli()), lowest(latest.toEpochMilli() + 1));
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

    /** Adds a row; once is enough. */
    public void add(Row row) {
        Bytes key = key(row);
        long time = row.at().toEpochMilli();
        if (time < floor) {
            setFloor(time);
        }
        store.put(key, NOTHING);
        if (horizon.isEmpty() || key.compareTo(horizon.get()) < 0) {
            front.add(key);
            forget();
        }
    }

    /** Adds the row of a customer's due time. */
    public void add(String customerId, DueTime due) {
        add(new Row(due.at(), customerId, due.changeId()));
    }

    /** Removes a row, if it is there. */
    public void remove(Row row) {
        Bytes key = key(row);
        store.delete(key);
        if (front.remove(key)) {
            fetch();
        }
    }

    /** Removes the row of a customer's due time, if it is there. */
    public void remove(String customerId, DueTime due) {
        remove(new Row(due.at(), customerId, due.changeId()));
    }

    /** The time of the earliest row; empty if there is none. Does not touch the store. */
    public Optional<Instant> next() {
        return front.isEmpty() ? Optional.empty() : Optional.of(time(front.first()));
    }

    /**
     * Takes out the rows whose time has come, the earliest first.
     *
     * @param most how many at most
     */
    public List<Row> take(Instant now, int most) {
        List<Row> rows = new ArrayList<>();
        while (rows.size() < most && !front.isEmpty() && !time(front.first()).isAfter(now)) {
            Bytes key = front.pollFirst();
            store.delete(key);
            rows.add(row(key));
            fetch();
        }
        takenSinceFloor += rows.size();
        if (takenSinceFloor >= fetch) {
            setFloor(rows.get(rows.size() - 1).at().toEpochMilli());
        }
        return rows;
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

    private long storedFloor() {
        byte[] stored = store.get(FLOOR);
        return stored == null ? Long.MIN_VALUE : ByteBuffer.wrap(stored).getLong();
    }

    private void setFloor(long millis) {
        floor = millis;
        takenSinceFloor = 0;
        store.put(FLOOR, ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
    }

    /** When memory has no row left, the next ones are fetched from the store. */
    private void fetch() {
        if (!front.isEmpty() || horizon.isEmpty()) {
            return;
        }
        Bytes from = horizon.get();
        horizon = Optional.empty();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, END)) {
            while (rows.hasNext() && horizon.isEmpty()) {
                Bytes key = rows.next().key;
                if (front.size() < fetch) {
                    front.add(key);
                } else {
                    horizon = Optional.of(key);
                }
            }
        }
    }

    /** Of more rows than memory is to have, the latest are left to the store. */
    private void forget() {
        if (front.size() > 2 * fetch) {
            while (front.size() > fetch) {
                horizon = Optional.of(front.pollLast());
            }
        }
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

    private static Instant time(Bytes key) {
        return Instant.ofEpochMilli(flipped(ByteBuffer.wrap(key.get()).getLong()));
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
