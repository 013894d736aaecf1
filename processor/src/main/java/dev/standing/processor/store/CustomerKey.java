package dev.standing.processor.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of stores in which a customer has many rows: the customerId after its length, so that no two ids run together,
 * and then what tells its rows apart and in which order they are.
 */
public final class CustomerKey {

    private CustomerKey() {}

    /** The key of a row. */
    public static Bytes of(String customerId, byte[] row) {
        byte[] id = customerId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + id.length + row.length)
                .putInt(id.length)
                .put(id)
                .put(row)
                .array());
    }
}
