package dev.standing.serde;

import dev.standing.registry.RegistryRejectedException;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaRegistryClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes records of generated classes in the Confluent wire format; null becomes null, a tombstone.
 *
 * <p>Either made with a client, or by name from the properties of any Kafka client, with the keys of
 * {@link dev.standing.registry.RegistryConfig}. Safe for use by many threads once configured. The registry is asked for a schema's id once per
 * topic; this may block, and throws {@link RegistryUnavailableException} or {@link RegistryRejectedException}. With
 * {@code auto.register.schemas=false}, the default, a schema that is not registered is an error that says what to do.
 *
 * @param <T> a generated class, or {@link SpecificRecord} for several
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    private final Map<Class<?>, AvroPayload<T>> payloads = new ConcurrentHashMap<>();

    private SchemaRegistryClient client;
    private WriterSchemas schemas;
    private boolean ownsClient;

    /** For Kafka, which calls {@link #configure} next. */
    public AvroSerializer() {}

    /**
     * Makes one that is ready for use.
     *
     * @param client stays the caller's to close
     * @param isKey whether keys are written, and not values
     */
    public AvroSerializer(SchemaRegistryClient client, boolean isKey) {
        this.client = client;
        this.schemas = new WriterSchemas(client, isKey);
    }

    /** Makes a client of its own, unless one was given to the constructor. */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (client == null) {
            client = new SchemaRegistryClient(configs);
            ownsClient = true;
            schemas = new WriterSchemas(client, isKey);
        }
    }

    /**
     * Encodes and frames a record.
     *
     * @param topic decides, with the configured strategy, on the subject
     * @param record null gives null
     * @return new bytes, or null
     * @throws SerializationException if the record does not fit its schema, or its schema is not registered
     */
    @Override
    public byte[] serialize(String topic, T record) {
        if (record == null) {
            return null;
        }
        AvroPayload<T> payload = payload(record);
        byte[] bytes = payload.encode(record);
        WriterSchemas.Target target = schemas().target(topic, payload.schema());
        return WireFormat.frame(
                target.id(),
                target.conversion().map(conversion -> conversion.convert(bytes)).orElse(bytes));
    }

    /**
     * Frames a payload as it is, so that what is sent is what was hashed.
     *
     * @param topic decides, with the configured strategy, on the subject
     * @param schema the schema that the payload was written with: that of its class
     * @param payload from {@link AvroPayload#encode}
     * @return new bytes
     * @throws SerializationException if the schema is not registered, or {@code use.latest.version} demands another
     */
    public byte[] frame(String topic, Schema schema, byte[] payload) {
        WriterSchemas.Target target = schemas().target(topic, schema);
        if (target.conversion().isPresent()) {
            throw new SerializationException("A payload of " + schema.getFullName() + " for the topic " + topic
                    + " must be sent as it is, but use.latest.version demands another schema");
        }
        return WireFormat.frame(target.id(), payload);
    }

    @SuppressWarnings("unchecked") // The class of a T is a class of T.
    private AvroPayload<T> payload(T record) {
        return payloads.computeIfAbsent(record.getClass(), type -> new AvroPayload<>((Class<T>) type));
    }

    private WriterSchemas schemas() {
        if (schemas == null) {
            throw new IllegalStateException("The serializer is not configured");
        }
        return schemas;
    }

    /** Closes the client, if it is its own. */
    @Override
    public void close() {
        if (ownsClient) {
            client.close();
        }
    }
}
