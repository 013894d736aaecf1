package dev.standing.audit.checkpoint;

import dev.standing.avro.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The heads of the customers' chains, one leaf each, in the order of the bytes of their ids. A leaf is the length of the
 * customerId in UTF-8 (4 bytes), the customerId, the sequence of the last event (8 bytes) and its hash (32 bytes); numbers
 * are big-endian. For one thread.
 */
public final class HeadsTree {

    private final MerkleTree tree = new MerkleTree();

    /**
     * Adds a customer, whose id comes behind all others.
     *
     * @param sequence that of its last event
     * @param hash that of its last event
     */
    public void add(String customerId, long sequence, Sha256 hash) {
        byte[] id = customerId.getBytes(StandardCharsets.UTF_8);
        tree.add(ByteBuffer.allocate(Integer.BYTES + id.length + Long.BYTES + hash.bytes().length)
                .putInt(id.length)
                .put(id)
                .putLong(sequence)
                .put(hash.bytes())
                .array());
    }

    /** How many customers there are. */
    public long customers() {
        return tree.leaves();
    }

    /** The root, in hexadecimal digits. */
    public String root() {
        return tree.root();
    }
}
