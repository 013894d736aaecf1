package dev.standing.processor.topology;

import dev.standing.processor.intake.DeadLetterReason;
import dev.standing.processor.intake.ReceivedCommand;
import dev.standing.serde.StoreCodec;
import dev.standing.serde.UndecodableRecordException;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Reads records of a topic that only processors write. What another wrote goes to the dead letters. */
final class InternalIntake<T extends SpecificRecord> {

    private final StoreCodec<T> codec;
    private final Outbox outbox;

    /** For values of a type; the outbox sends dead letters that name the topic. */
    InternalIntake(Class<T> type, Outbox outbox) {
        this.codec = new StoreCodec<>(type);
        this.outbox = outbox;
    }

    /** The record's value; empty if it has none that can be read. */
    Optional<T> read(ReceivedCommand received) {
        byte[] value = received.value();
        if (value == null) {
            refuse(received, "The record has no value");
            return Optional.empty();
        }
        try {
            return Optional.of(codec.decode(value));
        } catch (UndecodableRecordException e) {
            refuse(received, e.getMessage());
            return Optional.empty();
        }
    }

    /** Sends a record to the dead letters that cannot be understood. */
    void refuse(ReceivedCommand received, String message) {
        outbox.deadLetter(received, DeadLetterReason.UNDECODABLE, message);
    }
}
