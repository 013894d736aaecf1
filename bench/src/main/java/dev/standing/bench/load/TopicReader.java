package dev.standing.bench.load;

import dev.standing.bench.platform.TestBed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in all partitions of a topic. For one thread. */
final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    private TopicReader(TestBed bed, String topic) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bed.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.partitions = IntStream.range(0, bed.topics().partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
    }

    /** Begins with the first record. */
    static TopicReader fromBeginning(TestBed bed, String topic) {
        TopicReader reader = new TopicReader(bed, topic);
        reader.consumer.seekToBeginning(reader.partitions);
        return reader;
    }

    /** Begins with what is written from now on. */
    static TopicReader fromNow(TestBed bed, String topic) {
        TopicReader reader = new TopicReader(bed, topic);
        reader.consumer.seekToEnd(reader.partitions);
        // Positions are looked up only when asked for: before anything is written.
        reader.partitions.forEach(reader.consumer::position);
        return reader;
    }

    /** Hands over what there is, or comes within a moment. */
    void poll(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.poll(POLL).forEach(each);
    }

    /** Hands over everything that is committed by now. */
    void toEnd(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            poll(each);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
