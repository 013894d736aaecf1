package dev.standing.processor.history;

import dev.standing.processor.intake.SchemaFetcher;
import dev.standing.processor.intake.SchemaFetcher.Availability;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaKey;
import dev.standing.serde.AvroDeserializer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Decodes records, and waits for as long as it takes if the schema that one was written with cannot be had: the read
 * model has nothing better to do, as what comes behind the record must not overtake it. If the group loses patience with
 * the thread meanwhile, the record comes again.
 *
 * @param <T> the generated class
 */
final class SchemaAwaitingReader<T extends SpecificRecord> {

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);

    private final SchemaFetcher schemas;
    private final AvroDeserializer<T> deserializer;
    private final WaitingTasks waiting;
    private final CountDownLatch closing;

    /**
     * A reader.
     *
     * @param schemas fetches into the cache of the deserializer's client
     * @param waiting is told of the tasks that wait
     * @param closing ends all waiting
     */
    SchemaAwaitingReader(
            SchemaFetcher schemas, AvroDeserializer<T> deserializer, WaitingTasks waiting, CountDownLatch closing) {
        this.schemas = schemas;
        this.deserializer = deserializer;
        this.waiting = waiting;
        this.closing = closing;
    }

    /**
     * The record.
     *
     * @param value not null
     * @throws dev.standing.serde.UndecodableRecordException if it can never be decoded
     * @throws IllegalStateException if the read model is closed while this waits
     */
    T read(TaskId task, Headers headers, byte[] value) {
        Optional<T> record = attempt(headers, value);
        if (record.isEmpty()) {
            waiting.add(task);
            try {
                while (record.isEmpty()) {
                    pause();
                    record = attempt(headers, value);
                }
            } finally {
                waiting.remove(task);
            }
        }
        return record.get();
    }

    private Optional<T> attempt(Headers headers, byte[] value) {
        Optional<SchemaKey> missing = deserializer.missingSchema(headers, value);
        boolean isAwaited =
                missing.isPresent() && schemas.availability(missing.get(), BETWEEN_ATTEMPTS) == Availability.AWAITED;
        if (isAwaited) {
            return Optional.empty();
        }
        try {
            return Optional.of(deserializer.deserialize("", headers, value));
        } catch (RegistryUnavailableException e) {
            return Optional.empty();
        }
    }

    private void pause() {
        try {
            if (closing.await(BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Closed while waiting for the schema registry");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the schema registry", e);
        }
    }
}
