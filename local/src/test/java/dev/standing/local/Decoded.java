package dev.standing.local;

import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records as the values that they hold. */
final class Decoded {

    private Decoded() {}

    /** The values of records, in their order. */
    static <T extends SpecificRecord> List<T> values(
            List<ConsumerRecord<byte[], byte[]>> records, SchemaRegistryClient registry, Class<T> type) {
        try (AvroDeserializer<T> deserializer = new AvroDeserializer<>(registry, type, false)) {
            return records.stream()
                    .map(record -> deserializer.deserialize(record.topic(), record.headers(), record.value()))
                    .toList();
        }
    }
}
