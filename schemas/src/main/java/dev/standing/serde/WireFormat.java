package dev.standing.serde;

import dev.standing.registry.SchemaKey;
import dev.standing.serde.UndecodableRecordException.Reason;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The Confluent wire format: 0x00, the schema's id as four bytes (big-endian), Avro binary. Since Confluent 8 the schema may be named in a header
 * instead, as 0x00 and its id or as 0x01 and its GUID; the record's bytes are then Avro binary alone. Such records are read, but not written.
 */
public final class WireFormat {

    /** Names the schema of the record's value. */
    public static final String VALUE_SCHEMA_HEADER = "__value_schema_id";
    /** Names the schema of the record's key. */
    public static final String KEY_SCHEMA_HEADER = "__key_schema_id";
    /** How many bytes come before the payload. */
    public static final int PREFIX_LENGTH = 1 + Integer.BYTES;

    private static final byte ID = 0x00;
    private static final byte GUID = 0x01;
    private static final int GUID_LENGTH = 1 + 2 * Long.BYTES;

    private WireFormat() {}

    /**
     * Where the payload lies in a record's bytes, and what it was written with.
     *
     * @param schema names the writer's schema
     * @param offset the index of the payload's first byte
     * @param length how many bytes the payload has
     */
    public record Frame(SchemaKey schema, int offset, int length) {

        /** Refuses null. */
        public Frame {
            Objects.requireNonNull(schema, "schema");
        }
    }

    /**
     * Puts the id of its schema before a payload.
     *
     * @param schemaId the registry's id of the schema that the payload was written with
     * @param payload Avro binary; not changed
     * @return new bytes
     */
    public static byte[] frame(int schemaId, byte[] payload) {
        return ByteBuffer.allocate(PREFIX_LENGTH + payload.length)
                .put(ID)
                .putInt(schemaId)
                .put(payload)
                .array();
    }

    /**
     * Finds the payload and the name of its schema, in the header if there is one, or else before the payload.
     *
     * @param headers the record's headers
     * @param isKey whether the bytes are the record's key
     * @param data the record's key or value; not null
     * @return never null
     * @throws UndecodableRecordException if the bytes are too short, do not begin with 0x00, or the header is malformed
     */
    public static Frame read(Headers headers, boolean isKey, byte[] data) {
        Header header = headers.lastHeader(isKey ? KEY_SCHEMA_HEADER : VALUE_SCHEMA_HEADER);
        return header == null ? read(data) : new Frame(schemaKey(header), 0, data.length);
    }

    /**
     * Finds the payload and the name of its schema before it.
     *
     * @param data the record's key or value; not null
     * @return never null
     * @throws UndecodableRecordException if the bytes are too short, or do not begin with 0x00
     */
    public static Frame read(byte[] data) {
        if (data.length < PREFIX_LENGTH) {
            throw new UndecodableRecordException(
                    Reason.TOO_SHORT,
                    "The record has " + data.length + " bytes; 0x00 and a schema id alone are " + PREFIX_LENGTH);
        }
        if (data[0] != ID) {
            throw new UndecodableRecordException(
                    Reason.WRONG_MAGIC_BYTE,
                    "The record begins with the byte " + hex(data[0])
                            + ", not with 0x00 and a schema id: it was not written by a serializer that uses a schema registry");
        }
        int id = ByteBuffer.wrap(data).getInt(1);
        return new Frame(new SchemaKey.Id(id), PREFIX_LENGTH, data.length - PREFIX_LENGTH);
    }

    private static SchemaKey schemaKey(Header header) {
        byte[] value = header.value();
        if (value != null && value.length == PREFIX_LENGTH && value[0] == ID) {
            return new SchemaKey.Id(ByteBuffer.wrap(value).getInt(1));
        }
        if (value != null && value.length == GUID_LENGTH && value[0] == GUID) {
            ByteBuffer guid = ByteBuffer.wrap(value);
            return new SchemaKey.Guid(new UUID(guid.getLong(1), guid.getLong(1 + Long.BYTES)));
        }
        throw new UndecodableRecordException(
                Reason.MALFORMED_SCHEMA_HEADER,
                "The header " + header.key()
                        + " is neither 0x00 and a schema id of 4 bytes, nor 0x01 and a GUID of 16: "
                        + (value == null || value.length == 0
                                ? "it is empty"
                                : "it has " + value.length + " bytes and begins with " + hex(value[0])));
    }

    private static String hex(byte value) {
        return String.format("0x%02x", value);
    }
}
