package dev.standing.processor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;

class StoreMemoryTest {

    private static final int STORES = 40;
    private static final int MEBIBYTES = 32;
    private static final long BOUND = (long) MEBIBYTES << 20;
    private static final int WRITES = 8_000;
    private static final int VALUE_BYTES = 20_000;

    @TempDir
    Path directory;

    @Test
    void manyStoresStayWithinTheBoundWhateverIsWrittenAndRead() {
        try (StoreMemory memory = StoreMemory.ofMebibytes(MEBIBYTES);
                TopologyTestDriver driver = driver(memory)) {
            List<KeyValueStore<Bytes, byte[]>> stores = stores(driver);
            Random random = new Random(1);
            byte[] value = new byte[VALUE_BYTES];
            long most = 0;
            for (int i = 0; i < WRITES; i++) {
                random.nextBytes(value);
                stores.get(i % STORES).put(key(i), value);
                most = Math.max(most, memory.usedBytes());
            }
            for (int i = 0; i < WRITES; i++) {
                assertThat(stores.get(i % STORES).get(key(i))).hasSize(VALUE_BYTES);
                most = Math.max(most, memory.usedBytes());
            }

            // Five times as much was written. What is being flushed at a time comes on top: one buffer, or two.
            assertThat((long) WRITES * VALUE_BYTES).isGreaterThan(4 * BOUND);
            assertThat(most).isBetween(BOUND / 4, BOUND + 2 * StoreMemory.BUFFER_BYTES);
        }
    }

    @Test
    void segmentsOfWindowStoresUseItToo() {
        try (StoreMemory memory = StoreMemory.ofMebibytes(MEBIBYTES);
                TopologyTestDriver driver = driver(memory)) {
            long before = memory.usedBytes();
            WindowStore<Bytes, byte[]> windows = driver.getWindowStore("windows");

            windows.put(key(1), new byte[1 << 20], Duration.ofHours(1).toMillis());

            assertThat(memory.usedBytes()).isGreaterThanOrEqualTo(before + (1 << 20));
        }
    }

    @Test
    void twoMemoriesInOneProcessKnowNothingOfEachOther() {
        try (StoreMemory memory = StoreMemory.ofMebibytes(MEBIBYTES);
                StoreMemory other = StoreMemory.ofMebibytes(MEBIBYTES);
                TopologyTestDriver driver = driver(memory)) {
            long before = other.usedBytes();
            stores(driver).get(0).put(key(1), new byte[1 << 20]);

            assertThat(memory.usedBytes()).isGreaterThan(1 << 20);
            assertThat(other.usedBytes()).isEqualTo(before);
        }
    }

    @Test
    void storesWithNextToNothingInThemLeaveRoomForOthers() {
        try (StoreMemory memory = StoreMemory.ofMebibytes(MEBIBYTES);
                TopologyTestDriver driver = driver(memory)) {
            stores(driver).forEach(store -> store.put(key(1), new byte[4 << 10]));

            assertThat(memory.usedBytes()).isLessThan(BOUND / 2);
        }
    }

    @Test
    void noStoreIsOpenedWithMemoryThatWasGivenBack() {
        StoreMemory memory = StoreMemory.ofMebibytes(MEBIBYTES);
        memory.close();

        try (Options options = new Options()) {
            assertThatThrownBy(() -> memory.share(options)).isInstanceOf(IllegalStateException.class);
        }
    }

    private TopologyTestDriver driver(StoreMemory memory) {
        Topology topology = new Topology();
        topology.addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "topic");
        topology.addProcessor("processor", Idle::new, "source");
        for (int i = 0; i < STORES; i++) {
            topology.addStateStore(
                    Stores.keyValueStoreBuilder(
                                    Stores.persistentKeyValueStore("store-" + i), Serdes.Bytes(), Serdes.ByteArray())
                            .withLoggingDisabled(),
                    "processor");
        }
        topology.addStateStore(
                Stores.windowStoreBuilder(
                                Stores.persistentWindowStore("windows", Duration.ofDays(2), Duration.ofDays(1), false),
                                Serdes.Bytes(),
                                Serdes.ByteArray())
                        .withLoggingDisabled(),
                "processor");
        Map<String, Object> config = new HashMap<>(memory.streamsConfig());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        Properties properties = new Properties();
        properties.putAll(config);
        return new TopologyTestDriver(topology, properties);
    }

    private static List<KeyValueStore<Bytes, byte[]>> stores(TopologyTestDriver driver) {
        List<KeyValueStore<Bytes, byte[]>> stores = new ArrayList<>();
        for (int i = 0; i < STORES; i++) {
            stores.add(driver.getKeyValueStore("store-" + i));
        }
        return stores;
    }

    private static Bytes key(int number) {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    /** Has stores, and does nothing. */
    private static final class Idle implements Processor<byte[], byte[], Void, Void> {

        @Override
        public void process(Record<byte[], byte[]> record) {}
    }
}
