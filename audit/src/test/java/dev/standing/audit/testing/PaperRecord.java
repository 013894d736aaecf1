package dev.standing.audit.testing;

import dev.standing.serde.AvroPayload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of a {@link PaperLog} before it is written to a broker. Tests may alter, repeat, move or drop such records.
 *
 * @param topic where it goes
 * @param partition where it goes
 * @param key as it is written
 * @param payload the Avro payload without the five bytes of the wire format, which the writer adds; empty: a tombstone
 * @param framed whether the writer adds them; false: the payload is written as it is, and nobody can read it
 * @param timestamp the record's own time; for commands the broker's clock takes its place
 * @param headers in their order
 * @param transaction records of the same number, which follow each other, are one transaction; empty: in none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
public record PaperRecord(
        PaperTopic topic,
        int partition,
        String key,
        Optional<byte[]> payload,
        boolean framed,
        Instant timestamp,
        Map<String, String> headers,
        OptionalInt transaction) {

    /** What the payload says. */
    public <T extends SpecificRecord> T read(Class<T> type) {
        AvroPayload<T> payloads = new AvroPayload<>(type);
        return payloads.decode(payload.orElseThrow(), payloads.schema());
    }

    /** The same record with another value. */
    public <T extends SpecificRecord> PaperRecord edited(Class<T> type, UnaryOperator<T> edit) {
        return withPayload(new AvroPayload<>(type).encode(edit.apply(read(type))));
    }

    /** The same record with this Avro payload. */
    public PaperRecord withPayload(byte[] other) {
        return new PaperRecord(topic, partition, key, Optional.of(other), framed, timestamp, headers, transaction);
    }

    /** The same record with bytes in place of the value that no schema describes. */
    public PaperRecord unreadable() {
        byte[] bytes = "{\"not\": \"Avro\"}".getBytes(StandardCharsets.UTF_8);
        return new PaperRecord(topic, partition, key, Optional.of(bytes), false, timestamp, headers, transaction);
    }

    /** The same record in another partition. */
    public PaperRecord inPartition(int other) {
        return new PaperRecord(topic, other, key, payload, framed, timestamp, headers, transaction);
    }

    /** The same record under another key. */
    public PaperRecord withKey(String other) {
        return new PaperRecord(topic, partition, other, payload, framed, timestamp, headers, transaction);
    }

    /** The same record with one header more, or another value of it. */
    public PaperRecord withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new PaperRecord(topic, partition, key, payload, framed, timestamp, all, transaction);
    }
}
