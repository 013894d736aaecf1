package dev.standing.processor.memory;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/** Lets every store of a Kafka Streams client, and every segment of one, use the memory in the client's configuration. */
public final class SharedMemoryStores implements RocksDBConfigSetter {

    /** Kafka Streams makes one for each store. */
    public SharedMemoryStores() {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        ((StoreMemory) configs.get(StoreMemory.CONFIG)).share(options);
    }

    /** Nothing here is a store's own: whoever made the memory closes it. */
    @Override
    public void close(String storeName, Options options) {}
}
