package dev.standing.serde;

import dev.standing.registry.SchemaRegistryClient;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * {@link AvroSerializer} and {@link AvroDeserializer} together, with one client. Made with a client and a class, or by name from the properties of
 * Kafka Streams.
 *
 * @param <T> the generated class
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {

    private SchemaRegistryClient client;
    private Serializer<T> serializer;
    private Deserializer<T> deserializer;
    private boolean ownsClient;

    /** For Kafka, which calls {@link #configure} next. */
    public AvroSerde() {}

    /**
     * Makes one that is ready for use.
     *
     * @param client stays the caller's to close
     * @param type the generated class
     * @param isKey whether it is for keys, and not for values
     */
    public AvroSerde(SchemaRegistryClient client, Class<T> type, boolean isKey) {
        use(client, type, isKey);
    }

    private void use(SchemaRegistryClient client, Class<T> type, boolean isKey) {
        this.client = client;
        this.serializer = new AvroSerializer<>(client, isKey);
        this.deserializer = new AvroDeserializer<>(client, type, isKey);
    }

    /** Makes a client of its own and finds the class, unless they were given to the constructor. */
    @Override
    @SuppressWarnings("unchecked") // T is whatever the configuration says.
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (client == null) {
            Class<T> type = (Class<T>) SerdeConfig.type(configs, isKey);
            use(new SchemaRegistryClient(configs), type, isKey);
            ownsClient = true;
        }
    }

    /** The writing half. */
    @Override
    public Serializer<T> serializer() {
        if (serializer == null) {
            throw new IllegalStateException("The serde is not configured");
        }
        return serializer;
    }

    /** The reading half. */
    @Override
    public Deserializer<T> deserializer() {
        if (deserializer == null) {
            throw new IllegalStateException("The serde is not configured");
        }
        return deserializer;
    }

    /** Closes the client, if it is its own. */
    @Override
    public void close() {
        if (ownsClient) {
            client.close();
        }
    }
}
