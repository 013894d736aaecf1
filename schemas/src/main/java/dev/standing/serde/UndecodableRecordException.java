package dev.standing.serde;

import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;

/** These bytes are not a record that can be read, and never will be. The message says what is wrong, without repeating the bytes. */
public final class UndecodableRecordException extends SerializationException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    UndecodableRecordException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    UndecodableRecordException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** What is wrong. The names are written to headers of the dead-letter topic. */
    public enum Reason {
        /** Shorter than what has to come before the payload. */
        TOO_SHORT,
        /** The first byte is not the one that the format demands. */
        WRONG_MAGIC_BYTE,
        /** The header that names the schema is not in a known form. */
        MALFORMED_SCHEMA_HEADER,
        /** The registry (or for a store, the jar) has no such schema. */
        UNKNOWN_SCHEMA,
        /** The schema is there, but is not one of Avro. */
        UNUSABLE_SCHEMA,
        /** The schema that it was written with cannot be resolved to the reader's. */
        INCOMPATIBLE_SCHEMA,
        /** Not what its schema describes. */
        CORRUPT,
        /** Something follows the record. */
        TRAILING_BYTES
    }

    /**
     * What is wrong.
     *
     * @return never null
     */
    public Reason reason() {
        return reason;
    }
}
