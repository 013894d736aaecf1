package dev.standing.audit.log;

import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.UndecodableRecordException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the values of records as one generated class. Safe for use by many threads.
 *
 * @param <T> the generated class
 */
public final class ValueReader<T extends SpecificRecord> {

    private final AvroDeserializer<T> values;

    ValueReader(SchemaRegistryClient registry, Class<T> type) {
        this.values = new AvroDeserializer<>(registry, type, false);
    }

    /**
     * The value of a record, which has one.
     *
     * @throws UndecodableRecordException if the bytes can never be read
     * @throws dev.standing.registry.RegistryException if the registry does not say how they were written
     */
    public T read(ConsumerRecord<byte[], byte[]> record) {
        return values.deserialize(record.topic(), record.headers(), record.value());
    }
}
