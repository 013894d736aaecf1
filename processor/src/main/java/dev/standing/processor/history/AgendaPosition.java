package dev.standing.processor.history;

import dev.standing.avro.store.AgendaEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * Where a planned change stands among those of all customers: by its date, then by the customerId, then by the changeId,
 * as their bytes in UTF-8 sort.
 *
 * @param bytes sort as positions do: the date in milliseconds since the epoch, big-endian with its sign flipped; the
 *     customerId; a zero, which no id has; the changeId
 */
public record AgendaPosition(Bytes bytes) implements Comparable<AgendaPosition> {

    private static final byte END_OF_ID = 0;

    /** More than the longest ids need. */
    private static final int MAX_BYTES = 8_192;

    /** Of an entry. */
    public static AgendaPosition of(AgendaEntry entry) {
        return of(entry.getValidFrom(), entry.getCustomerId(), entry.getChangeId());
    }

    /** Of a change of that date. */
    static AgendaPosition of(Instant validFrom, String customerId, String changeId) {
        byte[] customer = customerId.getBytes(StandardCharsets.UTF_8);
        byte[] change = changeId.getBytes(StandardCharsets.UTF_8);
        return new AgendaPosition(Bytes.wrap(ByteBuffer.allocate(Long.BYTES + customer.length + 1 + change.length)
                .putLong(flipped(validFrom))
                .put(customer)
                .put(END_OF_ID)
                .put(change)
                .array()));
    }

    /** In front of all changes of that time, and behind all earlier ones; no change stands there. */
    static AgendaPosition before(Instant time) {
        return new AgendaPosition(Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES).putLong(flipped(time)).array()));
    }

    /** Reads what {@link #text} gave; empty if it did not give that. */
    public static Optional<AgendaPosition> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            AgendaPosition position = new AgendaPosition(Bytes.wrap(bytes));
            boolean isOne = bytes.length > Long.BYTES
                    && bytes.length <= MAX_BYTES
                    && position.text().equals(text);
            return isOne ? Optional.of(position) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Letters, digits, "-" and "_": base64url without padding. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.get());
    }

    /** The first place behind this one. */
    AgendaPosition next() {
        byte[] here = bytes.get();
        return new AgendaPosition(Bytes.wrap(
                ByteBuffer.allocate(here.length + 1).put(here).put((byte) 0).array()));
    }

    @Override
    public int compareTo(AgendaPosition other) {
        return bytes.compareTo(other.bytes);
    }

    /** A time that no change can have, as that is too far away, counts as the farthest. */
    private static long flipped(Instant time) {
        long farthest = Long.MAX_VALUE / 1_000;
        long millis = Math.abs(time.getEpochSecond()) < farthest
                ? time.toEpochMilli()
                : time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        return millis ^ Long.MIN_VALUE;
    }
}
