package dev.standing.interop;

import dev.standing.registry.RegistryRejectedException;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.serde.UndecodableRecordException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.SerializationException;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What went wrong, whoever says it. */
enum ErrorKind {
    /** The registry has no such schema. */
    UNKNOWN_SCHEMA,
    /** Not in the wire format. */
    WRONG_MAGIC_BYTE,
    /** Not what the schema says. */
    CORRUPT,
    /** The registry will not have the schema. */
    INCOMPATIBLE,
    /** The schema is not registered, and is not to be. */
    NOT_REGISTERED,
    /** No answer. */
    UNAVAILABLE,
    /** Anything else. */
    OTHER;

    /** In Standing's words. */
    static ErrorKind ours(ThrowingCallable call) {
        Throwable thrown = Assertions.catchThrowable(call);
        if (thrown instanceof UndecodableRecordException undecodable) {
            return switch (undecodable.reason()) {
                case UNKNOWN_SCHEMA -> UNKNOWN_SCHEMA;
                case WRONG_MAGIC_BYTE -> WRONG_MAGIC_BYTE;
                case CORRUPT -> CORRUPT;
                default -> OTHER;
            };
        }
        if (thrown instanceof RegistryRejectedException rejected) {
            return rejected.kind() == RegistryRejectedException.Kind.INCOMPATIBLE ? INCOMPATIBLE : OTHER;
        }
        if (thrown instanceof RegistryUnavailableException) {
            return UNAVAILABLE;
        }
        return thrown instanceof SerializationException && thrown.getMessage().contains("is not registered")
                ? NOT_REGISTERED
                : OTHER;
    }

    /** In Confluent's: a SerializationException, or a KafkaException of another kind, about what the REST client or Avro threw. */
    static ErrorKind theirs(ThrowingCallable call) {
        Throwable thrown = Assertions.catchThrowable(call);
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals("RestClientException")) {
                return rest(cause);
            }
            if (cause instanceof SerializationException && cause.getMessage().contains("Unknown magic byte")) {
                return WRONG_MAGIC_BYTE;
            }
            if (cause instanceof ConnectException) {
                return UNAVAILABLE;
            }
            if (cause instanceof IOException
                    || cause instanceof AvroRuntimeException
                    || cause instanceof IndexOutOfBoundsException) {
                return CORRUPT;
            }
        }
        return OTHER;
    }

    private static ErrorKind rest(Throwable cause) {
        int status;
        int code;
        try {
            status = (int) cause.getClass().getMethod("getStatus").invoke(cause);
            code = (int) cause.getClass().getMethod("getErrorCode").invoke(cause);
        } catch (InvocationTargetException | NoSuchMethodException | IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
        return switch (status) {
            case 409 -> INCOMPATIBLE;
            // A subject that is asked for a schema says 40401 or 40403; an id that is asked for says 40403.
            case 404 -> cause.getMessage().startsWith("Subject") || code == 40401 ? NOT_REGISTERED : UNKNOWN_SCHEMA;
            default -> OTHER;
        };
    }
}
