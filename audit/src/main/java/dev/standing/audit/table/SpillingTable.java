package dev.standing.audit.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * Values by key, of which only so many are kept in memory: those that were used last. The others lie in a temporary
 * directory, which is gone when the table is closed. For one thread.
 *
 * @param <V> the values, which are not changed once they are in the table
 */
public final class SpillingTable<V> implements AutoCloseable {

    private static final long BUFFER_BYTES = 16L << 20;
    private static final long CACHE_BYTES = 16L << 20;
    private static final double FILTER_BITS = 10;
    private static final float LOAD_FACTOR = 0.75f;

    private final Encoding<V> encoding;
    private final int mostInMemory;
    private final Map<String, Held<V>> memory = new LinkedHashMap<>(16, LOAD_FACTOR, true);
    private Optional<Disk> disk = Optional.empty();

    /**
     * Keys and values, in the order of the keys' bytes in UTF-8.
     *
     * @param <V> the values
     */
    public interface Entries<V> extends Iterator<Map.Entry<String, V>>, AutoCloseable {

        @Override
        void close();
    }

    /** A value in memory, and whether the disk has another or none. */
    private record Held<V>(V value, boolean isNew) {}

    /**
     * A table that is empty.
     *
     * @param mostInMemory how many values are kept in memory; at least 1
     */
    public SpillingTable(Encoding<V> encoding, int mostInMemory) {
        if (mostInMemory < 1) {
            throw new IllegalArgumentException("At least one value is kept in memory, not " + mostInMemory);
        }
        this.encoding = encoding;
        this.mostInMemory = mostInMemory;
    }

    /** The value of a key; empty if it has none. */
    public Optional<V> get(String key) {
        Held<V> held = memory.get(key);
        if (held != null) {
            return Optional.of(held.value());
        }
        Optional<V> spilled = disk.flatMap(db -> db.get(bytes(key))).map(encoding::decode);
        spilled.ifPresent(value -> hold(key, new Held<>(value, false)));
        return spilled;
    }

    /** Gives a key a value, in place of the one that it had. */
    public void put(String key, V value) {
        hold(key, new Held<>(value, true));
    }

    /** Takes a key out; nothing happens if it has no value. */
    public void remove(String key) {
        memory.remove(key);
        disk.ifPresent(db -> db.delete(bytes(key)));
    }

    /** All keys and values, in the order of the keys' bytes in UTF-8. The table is not to be changed meanwhile. */
    public void forEach(BiConsumer<String, V> action) {
        try (Entries<V> entries = entries()) {
            entries.forEachRemaining(entry -> action.accept(entry.getKey(), entry.getValue()));
        }
    }

    /**
     * The same for those who take one after the other. The table is neither changed nor closed before they are.
     *
     * @return for one thread, which closes them
     */
    public Entries<V> entries() {
        if (disk.isEmpty()) {
            return inMemory();
        }
        memory.forEach((key, held) -> write(disk.get(), key, held));
        memory.replaceAll((key, held) -> new Held<>(held.value(), false));
        return new OnDisk<>(disk.get().iterator(), encoding);
    }

    private Entries<V> inMemory() {
        Iterator<Map.Entry<String, V>> sorted = memory.entrySet().stream()
                .sorted(Comparator.comparing(entry -> bytes(entry.getKey()), Arrays::compareUnsigned))
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().value()))
                .iterator();
        return new Entries<>() {
            @Override
            public boolean hasNext() {
                return sorted.hasNext();
            }

            @Override
            public Map.Entry<String, V> next() {
                return sorted.next();
            }

            @Override
            public void close() {
                // Nothing is held open.
            }
        };
    }

    private void hold(String key, Held<V> held) {
        memory.put(key, held);
        if (memory.size() > mostInMemory) {
            var oldest = memory.entrySet().iterator();
            Map.Entry<String, Held<V>> spilled = oldest.next();
            if (disk.isEmpty()) {
                disk = Optional.of(Disk.open());
            }
            write(disk.get(), spilled.getKey(), spilled.getValue());
            oldest.remove();
        }
    }

    private void write(Disk db, String key, Held<V> held) {
        if (held.isNew()) {
            db.put(bytes(key), encoding.encode(held.value()));
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** Removes what lies on the disk. */
    @Override
    public void close() {
        memory.clear();
        disk.ifPresent(Disk::close);
        disk = Optional.empty();
    }

    /** The entries of a table that has a part on the disk: by now it has all of them. */
    private static final class OnDisk<V> implements Entries<V> {

        private final RocksIterator entries;
        private final Encoding<V> encoding;

        OnDisk(RocksIterator entries, Encoding<V> encoding) {
            this.entries = entries;
            this.encoding = encoding;
            entries.seekToFirst();
        }

        @Override
        public boolean hasNext() {
            if (entries.isValid()) {
                return true;
            }
            try {
                entries.status();
                return false;
            } catch (RocksDBException e) {
                throw Disk.failed(e);
            }
        }

        @Override
        public Map.Entry<String, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, V> entry =
                    Map.entry(new String(entries.key(), StandardCharsets.UTF_8), encoding.decode(entries.value()));
            entries.next();
            return entry;
        }

        @Override
        public void close() {
            entries.close();
        }
    }

    /** What has no place in memory. */
    private static final class Disk {

        private final Path directory;
        private final LRUCache cache = new LRUCache(CACHE_BYTES);
        private final BloomFilter filter = new BloomFilter(FILTER_BITS);
        private final Options options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(BUFFER_BYTES)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
        private final WriteOptions writing = new WriteOptions().setDisableWAL(true);
        private final RocksDB db;

        private Disk(Path directory) throws RocksDBException {
            this.directory = directory;
            this.db = RocksDB.open(options, directory.toString());
        }

        static Disk open() {
            try {
                RocksDB.loadLibrary();
                return new Disk(Files.createTempDirectory("standing-audit-"));
            } catch (IOException e) {
                throw new UncheckedIOException("There is no temporary directory to be had", e);
            } catch (RocksDBException e) {
                throw failed(e);
            }
        }

        Optional<byte[]> get(byte[] key) {
            try {
                return Optional.ofNullable(db.get(key));
            } catch (RocksDBException e) {
                throw failed(e);
            }
        }

        void put(byte[] key, byte[] value) {
            try {
                db.put(writing, key, value);
            } catch (RocksDBException e) {
                throw failed(e);
            }
        }

        void delete(byte[] key) {
            try {
                db.delete(writing, key);
            } catch (RocksDBException e) {
                throw failed(e);
            }
        }

        RocksIterator iterator() {
            return db.newIterator();
        }

        void close() {
            db.close();
            writing.close();
            options.close();
            filter.close();
            cache.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The temporary directory " + directory + " cannot be removed", e);
            }
        }

        private static IllegalStateException failed(RocksDBException cause) {
            return new IllegalStateException("What does not fit into memory cannot be kept on disk", cause);
        }
    }
}
