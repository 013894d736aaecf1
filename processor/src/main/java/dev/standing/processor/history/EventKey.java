package dev.standing.processor.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the history: the length of the customerId in UTF-8, the customerId, the sequence, all big-endian. So a range
 * holds the events of one customer in their order, and no two ids run together.
 */
final class EventKey {

    private EventKey() {}

    /** The key of an event; sequences are not negative. */
    static Bytes of(String customerId, long sequence) {
        byte[] id = customerId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + id.length + Long.BYTES)
                .putInt(id.length)
                .put(id)
                .putLong(sequence)
                .array());
    }
}
