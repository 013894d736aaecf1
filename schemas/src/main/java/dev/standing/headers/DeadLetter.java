package dev.standing.headers;

import java.util.Objects;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Headers;

/**
 * Why a record was dead-lettered, and where it lay.
 *
 * @param reason why, as a code
 * @param message why, in words
 * @param topic the topic that it lay in
 * @param partition the partition that it lay in
 * @param offset its offset there
 * @param timestamp its timestamp, in milliseconds since the epoch
 * @param truncatedFrom how many bytes its value had, if it was cut off to fit
 */
public record DeadLetter(
        String reason,
        String message,
        String topic,
        int partition,
        long offset,
        long timestamp,
        OptionalInt truncatedFrom) {

    /** How many characters of the message are written at most: dead letters are to fit into their topic. */
    public static final int MESSAGE_LENGTH = 2000;

    /** Refuses null. */
    public DeadLetter {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(truncatedFrom, "truncatedFrom");
    }

    /**
     * Writes the dead-letter headers, in the place of those that a record which was dead-lettered before already has.
     *
     * @param headers the record's headers
     */
    public void writeTo(Headers headers) {
        put(headers, HeaderNames.DLQ_REASON, reason);
        put(headers, HeaderNames.DLQ_MESSAGE, message.substring(0, Math.min(message.length(), MESSAGE_LENGTH)));
        put(headers, HeaderNames.DLQ_TOPIC, topic);
        put(headers, HeaderNames.DLQ_PARTITION, Integer.toString(partition));
        put(headers, HeaderNames.DLQ_OFFSET, Long.toString(offset));
        put(headers, HeaderNames.DLQ_TIMESTAMP, Long.toString(timestamp));
        headers.remove(HeaderNames.DLQ_TRUNCATED_FROM);
        truncatedFrom.ifPresent(
                bytes -> HeaderText.write(headers, HeaderNames.DLQ_TRUNCATED_FROM, Integer.toString(bytes)));
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        HeaderText.write(headers, name, value);
    }
}
