package dev.standing.processor.memory;

import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The native memory that all stores of one process share: one cache of blocks, and what was written but not yet flushed
 * is charged to it. Left to itself, each store takes up to 50 MiB of cache and 48 MiB of buffers: 12 partitions with a
 * dozen stores each would be allowed 14 GB.
 *
 * <p>What is shared and why (Kafka's documentation, "RocksDB memory management", and RocksDB's, "Write Buffer Manager"):
 *
 * <ul>
 *   <li>Half of the memory may be buffers. When they are full, the store that writes next flushes its own; no write
 *       fails or stalls, so the bound is exceeded for as long as a flush takes. The same holds for the cache: blocks in
 *       use are never refused.
 *   <li>Indexes and filters lie in the cache, where they compete with data, but for a tenth that is kept for them. Outside of it, they would grow
 *       with the data without bound.
 *   <li>A store fills a buffer of 4 MiB, and has three of them: a hot store makes files that are worth compacting, and
 *       none of 150 stores fills half of the memory by itself.
 *   <li>Buffers grow by 64 KiB. The default, an eighth of a buffer, is taken with the first write: stores that hold
 *       next to nothing would fill the common half, and every write would flush tiny files.
 *   <li>Blocks of 8 KiB: the index is half as large as with Kafka's 4 KiB, and a get of a record of 1 KiB still reads
 *       no more than two pages.
 *   <li>Threads that flush and compact belong to RocksDB's environment, which all stores of a process share: one that
 *       flushes, and as many that compact as there are processors, two at least. Kafka sets that, and it stays.
 * </ul>
 *
 * <p>Restoring needs nothing of its own: Kafka Streams writes what it restores in batches like everything else, so that
 * the same bound holds. There is no compaction that deletions bring about: rocksdbjni 10.1.3 has such a collector of
 * table properties, but not for the options that Kafka Streams opens stores with.
 *
 * <p>Safe for use by many threads.
 */
public final class StoreMemory implements AutoCloseable {

    /** What the stores find it under, in the configuration of their Kafka Streams client. */
    static final String CONFIG = "standing.store.memory";

    static final long BUFFER_BYTES = 4L << 20;

    private static final double BUFFERED_PART = 0.5;
    private static final double INDEX_PART = 0.1;
    private static final int BUFFERS = 3;
    private static final long BUFFER_GROWTH_BYTES = 64L << 10;
    private static final long BLOCK_BYTES = 8L << 10;

    /** As many parts as RocksDB finds suitable, which are locked one by one. */
    private static final int DEFAULT_SHARDS = -1;

    private final Cache cache;
    private final WriteBufferManager buffers;
    private boolean closed;

    private StoreMemory(Cache cache, WriteBufferManager buffers) {
        this.cache = cache;
        this.buffers = buffers;
    }

    /** So much memory. Nothing of it is taken before it is needed. */
    public static StoreMemory ofMebibytes(int mebibytes) {
        RocksDB.loadLibrary();
        long bytes = (long) mebibytes << 20;
        Cache cache = new LRUCache(bytes, DEFAULT_SHARDS, false, INDEX_PART);
        return new StoreMemory(cache, new WriteBufferManager((long) (bytes * BUFFERED_PART), cache));
    }

    /** What makes the stores of a Kafka Streams client use this memory. */
    public Map<String, Object> streamsConfig() {
        return Map.of(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedMemoryStores.class, CONFIG, this);
    }

    /**
     * Makes a store that is about to be opened use this memory.
     *
     * @throws IllegalStateException if this is closed
     */
    synchronized void share(Options options) {
        if (closed) {
            throw new IllegalStateException("The memory of the stores was given back");
        }
        // Not a new one: Kafka Streams finds the cache in this one when it measures.
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setBlockSize(BLOCK_BYTES);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(buffers);
        options.setWriteBufferSize(BUFFER_BYTES);
        options.setMaxWriteBufferNumber(BUFFERS);
        options.setArenaBlockSize(BUFFER_GROWTH_BYTES);
    }

    /** How much of it is in use, in bytes: blocks, indexes, filters and buffers. */
    public synchronized long usedBytes() {
        return closed ? 0 : cache.getUsage();
    }

    /** Gives it back, as soon as no open store uses it any more; no store can be opened with it from now on. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            buffers.close();
            cache.close();
        }
    }

    @Override
    public String toString() {
        return "StoreMemory";
    }
}
