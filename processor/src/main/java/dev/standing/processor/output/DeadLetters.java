package dev.standing.processor.output;

import dev.standing.headers.DeadLetter;
import dev.standing.processor.intake.DeadLetterReason;
import dev.standing.processor.intake.ReceivedCommand;
import java.util.Arrays;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Makes records for the dead-letter topic: the original bytes, and in headers why they are there and where they came
 * from. A record that brokers took compressed can be larger than they would take from us: then what does not fit is
 * left out, and a header tells the size that the value had; the commands topic still has the original.
 */
public final class DeadLetters {

    /** The dead-letter topic takes 2 MiB; a value of this size leaves room for key and headers. */
    private static final int MAX_VALUE_BYTES = 1024 * 1024;

    private static final int MAX_KEY_BYTES = 64 * 1024;
    private static final int MAX_HEADERS_BYTES = 64 * 1024;

    private final String topic;

    /** For records of this topic. */
    public DeadLetters(String topic) {
        this.topic = topic;
    }

    /** The record for the dead-letter topic. */
    public Record<byte @Nullable [], byte @Nullable []> of(
            ReceivedCommand received, int partition, DeadLetterReason reason, String message) {
        Headers headers = new RecordHeaders();
        boolean fits = received.size() <= MAX_VALUE_BYTES;
        if (fits || received.headersSize() <= MAX_HEADERS_BYTES) {
            for (Header header : received.headers()) {
                headers.add(header);
            }
        }
        byte[] key = received.key();
        byte[] value = received.value();
        OptionalInt truncatedFrom = OptionalInt.empty();
        if (!fits) {
            truncatedFrom = OptionalInt.of(value == null ? 0 : value.length);
            key = key == null || key.length > MAX_KEY_BYTES ? null : key;
            value = value == null || value.length <= MAX_VALUE_BYTES ? value : Arrays.copyOf(value, MAX_VALUE_BYTES);
        }
        new DeadLetter(reason.name(), message, topic, partition, received.offset(), received.timestamp(), truncatedFrom)
                .writeTo(headers);
        return new Record<>(key, value, Math.max(0, received.timestamp()), headers);
    }
}
