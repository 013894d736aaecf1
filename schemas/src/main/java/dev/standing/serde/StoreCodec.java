package dev.standing.serde;

import dev.standing.released.ReleasedSchemas;
import dev.standing.serde.UndecodableRecordException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Values of state stores in Avro's single-object encoding: 0xC3 0x01, the fingerprint of the schema (CRC-64-AVRO, little-endian), Avro binary. The
 * schemas come from the jar, so that a store can be restored and read without a registry: those of all earlier releases are among them
 * ({@link ReleasedSchemas}). Null becomes null. Safe for use by many threads.
 *
 * <p>What Avro's own {@code BinaryMessageEncoder} and {@code BinaryMessageDecoder} do for one class; but bounded by the size of the value, and
 * without leave to ignore what follows it.
 *
 * @param <T> the generated class
 */
public final class StoreCodec<T extends SpecificRecord> implements Serde<T> {

    private static final short MAGIC = (short) 0xC301;
    private static final int HEADER_LENGTH = Short.BYTES + Long.BYTES;

    private final AvroPayload<T> payload;
    private final SchemaStore schemas;
    private final long fingerprint;

    /**
     * Makes a codec that reads what this release and all earlier ones wrote.
     *
     * @param type the generated class: one of {@link StoredValues}
     * @throws IllegalArgumentException if it is none of them
     */
    public StoreCodec(Class<T> type) {
        this(type, ReleasedSchemas.of(SpecificData.get().getSchema(type).getFullName()));
    }

    /**
     * @param older schemas of earlier releases that values may have been written with
     */
    StoreCodec(Class<T> type, List<Schema> older) {
        if (!StoredValues.types().contains(type)) {
            throw new IllegalArgumentException(type.getName() + " is not among the StoredValues");
        }
        this.payload = new AvroPayload<>(type);
        this.fingerprint = SchemaNormalization.parsingFingerprint64(payload.schema());
        SchemaStore.Cache cache = new SchemaStore.Cache();
        older.forEach(cache::addSchema);
        cache.addSchema(payload.schema());
        this.schemas = cache;
    }

    /**
     * Encodes a value.
     *
     * @param value null gives null
     * @return new bytes, or null
     * @throws SerializationException if the value does not fit its schema
     */
    public byte[] encode(T value) {
        if (value == null) {
            return null;
        }
        byte[] bytes = payload.encode(value);
        return ByteBuffer.allocate(HEADER_LENGTH + bytes.length)
                .putShort(MAGIC)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(fingerprint)
                .put(bytes)
                .array();
    }

    /**
     * Decodes a value.
     *
     * @param bytes null gives null
     * @return a new value, or null
     * @throws UndecodableRecordException if they are not a value, or their schema is not in the jar
     */
    public T decode(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < HEADER_LENGTH) {
            throw new UndecodableRecordException(
                    Reason.TOO_SHORT,
                    "The value has " + bytes.length + " bytes; its header alone has " + HEADER_LENGTH);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (header.getShort() != MAGIC) {
            throw new UndecodableRecordException(
                    Reason.WRONG_MAGIC_BYTE, "The value does not begin with 0xC3 0x01, as single-object encoding does");
        }
        long written = header.order(ByteOrder.LITTLE_ENDIAN).getLong();
        Schema schema = schemas.findByFingerprint(written);
        if (schema == null) {
            throw new UndecodableRecordException(
                    Reason.UNKNOWN_SCHEMA,
                    "The value was written with a schema of fingerprint " + Long.toHexString(written)
                            + ", which this release does not have for "
                            + payload.schema().getFullName()
                            + ": was it written by a later one?");
        }
        return payload.decode(bytes, HEADER_LENGTH, bytes.length - HEADER_LENGTH, schema);
    }

    /** As {@link #encode}, whatever the topic. */
    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> encode(value);
    }

    /** As {@link #decode}, whatever the topic. */
    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> decode(bytes);
    }
}
