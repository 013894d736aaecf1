package dev.standing.local;

import dev.standing.avro.CustomerEvent;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic of a local run from its beginning to its end, only what is committed. */
final class EventLog {

    private static final int PARTITIONS = 12;

    private EventLog() {}

    /** The events of a customer. */
    static List<CustomerEvent> of(LocalProcess local, String customerId) {
        try (SchemaRegistryClient registry =
                new SchemaRegistryClient(Map.of("schema.registry.url", local.address("Schema registry")))) {
            return read(local, "standing.events", new AvroDeserializer<>(registry, CustomerEvent.class, false)).stream()
                    .map(ConsumerRecord::value)
                    .filter(event -> event.getCustomerId().equals(customerId))
                    .toList();
        }
    }

    /** All dead letters. */
    static List<ConsumerRecord<String, byte[]>> deadLetters(LocalProcess local) {
        return read(local, "standing.commands.dlq", new ByteArrayDeserializer());
    }

    private static <V> List<ConsumerRecord<String, V>> read(
            LocalProcess local, String topic, Deserializer<V> deserializer) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", local.address("Kafka"), "isolation.level", "read_committed");
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        List<ConsumerRecord<String, V>> records = new ArrayList<>();
        try (KafkaConsumer<String, V> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), deserializer)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
