package dev.standing.gateway.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class ResultsReaderTest {

    private static final TopicPartition PARTITION = new TopicPartition("results", 0);

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final MockConsumer<byte[], byte[]> consumer = consumer();

    @Test
    void readingBeginsAtTheEndAndOutlivesWhatPasses() {
        consumer.schedulePollTask(() -> consumer.setPollException(new DisconnectException("gone for now")));
        consumer.schedulePollTask(() -> consumer.addRecord(record(7, "new")));

        try (ResultsReader reader = start()) {
            await().until(() -> !received.isEmpty());

            assertThat(received).containsExactly("new");
            assertThat(reader.failure()).isEmpty();
        }
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void whatItCannotOutliveIsTold() {
        consumer.schedulePollTask(() -> consumer.setPollException(new TopicAuthorizationException("results")));

        try (ResultsReader reader = start()) {
            await().until(() -> reader.failure().isPresent());

            assertThat(reader.failure().orElseThrow()).contains("TopicAuthorizationException");
        }
    }

    private ResultsReader start() {
        return ResultsReader.start(
                consumer,
                PARTITION.topic(),
                result -> received.add(new String(result.value(), StandardCharsets.UTF_8)));
    }

    private static MockConsumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        Node node = new Node(1, "localhost", 1);
        consumer.updatePartitions(
                PARTITION.topic(),
                List.of(new PartitionInfo(PARTITION.topic(), 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateEndOffsets(Map.of(PARTITION, 7L));
        return consumer;
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return new ConsumerRecord<>(
                PARTITION.topic(), PARTITION.partition(), offset, new byte[0], value.getBytes(StandardCharsets.UTF_8));
    }
}
