package dev.standing.serde;

import dev.standing.registry.RegistryRejectedException;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.UndecodableRecordException.Reason;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records in the Confluent wire format as one generated class, whatever version of its schema they were written with; null becomes null.
 *
 * <p>Either made with a client and a class, or by name from the properties of any Kafka client, with the keys of
 * {@link dev.standing.registry.RegistryConfig} and {@link SerdeConfig}. Safe for use by many threads once configured.
 *
 * <p>Three things can go wrong, and are kept apart: {@link UndecodableRecordException}, these bytes can never be read;
 * {@link RegistryUnavailableException}, try again later; {@link RegistryRejectedException}, the registry refuses to say, for example because
 * credentials are wrong, which is the reader's fault and not the record's.
 *
 * @param <T> the generated class
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private static final Headers NONE = new RecordHeaders();

    private SchemaRegistryClient client;
    private AvroPayload<T> payload;
    private boolean isKey;
    private boolean ownsClient;

    /** For Kafka, which calls {@link #configure} next. */
    public AvroDeserializer() {}

    /**
     * Makes one that is ready for use.
     *
     * @param client stays the caller's to close
     * @param type the generated class
     * @param isKey whether keys are read, and not values
     */
    public AvroDeserializer(SchemaRegistryClient client, Class<T> type, boolean isKey) {
        this.client = client;
        this.payload = new AvroPayload<>(type);
        this.isKey = isKey;
    }

    /** Makes a client of its own and finds the class to read as, unless they were given to the constructor. */
    @Override
    @SuppressWarnings("unchecked") // T is whatever the configuration says.
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (client == null) {
            this.payload = new AvroPayload<>((Class<T>) SerdeConfig.type(configs, isKey));
            this.isKey = isKey;
            this.client = new SchemaRegistryClient(configs);
            this.ownsClient = true;
        }
    }

    /** As {@link #deserialize(String, Headers, byte[])}, for a record without headers. */
    @Override
    public T deserialize(String topic, byte[] data) {
        return deserialize(topic, NONE, data);
    }

    /**
     * Decodes a record. Blocks if the registry has to be asked, which {@link #missingSchema} tells beforehand.
     *
     * @param topic of no account
     * @param headers may name the schema
     * @param data null gives null
     * @return a new record, or null
     * @throws UndecodableRecordException if the bytes can never be read
     */
    @Override
    public T deserialize(String topic, Headers headers, byte[] data) {
        AvroPayload<T> reader = configured();
        if (data == null) {
            return null;
        }
        WireFormat.Frame frame = WireFormat.read(headers, isKey, data);
        return reader.decode(data, frame.offset(), frame.length(), written(frame.schema()));
    }

    /**
     * Says which schema has to be fetched before a record can be decoded without blocking. Never blocks.
     *
     * @param headers may name the schema
     * @param data may be null
     * @return empty if none has to be fetched
     * @throws UndecodableRecordException if the bytes do not name a schema
     */
    public Optional<SchemaKey> missingSchema(Headers headers, byte[] data) {
        configured();
        if (data == null) {
            return Optional.empty();
        }
        SchemaKey key = WireFormat.read(headers, isKey, data).schema();
        return client.cached(key).isPresent() ? Optional.empty() : Optional.of(key);
    }

    private Schema written(SchemaKey key) {
        try {
            return client.schema(key);
        } catch (RegistryRejectedException e) {
            switch (e.kind()) {
                case UNKNOWN_SCHEMA -> throw new UndecodableRecordException(Reason.UNKNOWN_SCHEMA, e.getMessage(), e);
                case UNUSABLE_SCHEMA -> throw new UndecodableRecordException(Reason.UNUSABLE_SCHEMA, e.getMessage(), e);
                default -> throw e;
            }
        }
    }

    private AvroPayload<T> configured() {
        if (payload == null) {
            throw new IllegalStateException("The deserializer is not configured");
        }
        return payload;
    }

    /** Closes the client, if it is its own. */
    @Override
    public void close() {
        if (ownsClient) {
            client.close();
        }
    }
}
