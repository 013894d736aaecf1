package dev.standing.processor.intake;

import dev.standing.avro.CustomerCommand;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandValidation;
import dev.standing.domain.command.Rejection;
import dev.standing.mapping.CommandMapping;
import dev.standing.processor.intake.Intake.AwaitsSchema;
import dev.standing.processor.intake.Intake.Unanswerable;
import dev.standing.processor.intake.Intake.Understood;
import dev.standing.processor.intake.SchemaFetcher.Availability;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaKey;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.UndecodableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads records of the commands topic, and trusts nobody who writes them ({@code semantics.md} section 3). Used by one
 * stream thread.
 */
public final class CommandIntake {

    /** The most bytes that a record can have, headers included; no well-formed command comes near it. */
    public static final int MAX_RECORD_BYTES = 1024 * 1024;

    private final String topic;
    private final int partitions;
    private final SchemaFetcher schemas;
    private final AvroDeserializer<CustomerCommand> deserializer;

    /**
     * An intake for the commands topic.
     *
     * @param partitions the number of the topic's partitions
     * @param schemas knows which writers' schemas can be had
     * @param deserializer shares its registry client with {@code schemas}
     */
    public CommandIntake(
            String topic, int partitions, SchemaFetcher schemas, AvroDeserializer<CustomerCommand> deserializer) {
        this.topic = topic;
        this.partitions = partitions;
        this.schemas = schemas;
        this.deserializer = deserializer;
    }

    /**
     * Reads a record that was received from a partition.
     *
     * @param patience how long to wait for the registry if the writer's schema is not known; zero: not at all
     */
    public Intake read(ReceivedCommand received, int partition, Duration patience) {
        if (isTooLarge(received)) {
            return new Unanswerable(
                    DeadLetterReason.TOO_LARGE,
                    "The record has " + received.size() + " bytes; a command has at most " + MAX_RECORD_BYTES);
        }
        byte[] value = received.value();
        if (value == null) {
            return undecodable("The record has no value");
        }
        try {
            Optional<SchemaKey> missing = deserializer.missingSchema(received.headers(), value);
            Availability availability = missing.map(schema -> schemas.availability(schema, patience))
                    .orElse(Availability.AVAILABLE);
            return switch (availability) {
                case AVAILABLE ->
                    checked(deserializer.deserialize(topic, received.headers(), value), received.key(), partition);
                case UNUSABLE -> undecodable("The registry has no Avro schema for " + missing.orElseThrow());
                case AWAITED -> new AwaitsSchema();
            };
        } catch (UndecodableRecordException e) {
            return undecodable(e.getMessage());
        } catch (RegistryUnavailableException e) {
            return new AwaitsSchema();
        }
    }

    /** Whether it can be told from its size alone that it is no command. */
    public static boolean isTooLarge(ReceivedCommand received) {
        return received.size() > MAX_RECORD_BYTES;
    }

    private Intake checked(CustomerCommand record, byte[] key, int partition) {
        byte[] expectedKey = record.getCustomerId().getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(key, expectedKey)) {
            return new Unanswerable(
                    DeadLetterReason.KEY_MISMATCH, "The record's key is not its customerId " + record.getCustomerId());
        }
        int expectedPartition = Utils.toPositive(Utils.murmur2(expectedKey)) % partitions;
        if (partition != expectedPartition) {
            return new Unanswerable(
                    DeadLetterReason.WRONG_PARTITION,
                    "The customer " + record.getCustomerId() + " belongs to partition " + expectedPartition
                            + ": use the default (murmur2) partitioner");
        }
        Command command = CommandMapping.toDomain(record);
        Optional<Rejection> rejection = CommandValidation.identification(command);
        return rejection
                .<Intake>map(reason -> new Unanswerable(
                        DeadLetterReason.INVALID_IDENTIFICATION,
                        reason.field().orElseThrow().fieldName() + ": " + reason.message()))
                .orElseGet(() -> new Understood(command));
    }

    private static Unanswerable undecodable(String message) {
        return new Unanswerable(DeadLetterReason.UNDECODABLE, message);
    }
}
