package dev.standing.processor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.RequestKey.ByRequestId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.internals.OffsetCheckpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store of {@link RequestWindows} says of the offset of its changelog, by which Kafka Streams judges it. */
class EmptiableWindowStoreTest {

    private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 0);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path directory;

    private final RequestWindows windows = new RequestWindows(Duration.ofDays(7));
    private TopologyTestDriver driver;
    private WindowStore<Bytes, String> store;

    @BeforeEach
    void open() {
        Topology topology = new Topology();
        topology.addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "topic");
        topology.addProcessor("processor", Idle::new, "source");
        topology.addStateStore(windows.builder("windows", Serdes.String()).withLoggingDisabled(), "processor");
        Properties properties = new Properties();
        properties.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "test",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "unused:1",
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.STATE_DIR_CONFIG,
                directory.toString()));
        driver = new TopologyTestDriver(topology, properties);
        store = driver.getWindowStore("windows");
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void whatIsEmptyStartsAtTheBeginningOfItsChangelog() {
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(OffsetCheckpoint.OFFSET_UNKNOWN);
    }

    @Test
    void whatWasWrittenAndNeverCommittedIsNotTrusted() {
        put();

        assertThat(store.committedOffset(CHANGELOG)).isNull();
    }

    @Test
    void whatWasCommittedGoesOnWhereItWas() {
        put();
        store.commit(Map.of(CHANGELOG, 7L));

        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(7L);
    }

    private void put() {
        windows.put(store, new ByRequestId("c-1", "test", "r-1"), "decided", NOON);
    }

    private static final class Idle implements Processor<byte[], byte[], Void, Void> {

        @Override
        public void process(Record<byte[], byte[]> record) {}
    }
}
