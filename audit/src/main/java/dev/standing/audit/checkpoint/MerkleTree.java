package dev.standing.audit.checkpoint;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The Merkle tree hash of RFC 6962 section 2.1, with SHA-256: leaves are hashed behind a byte 0x00 and nodes behind a byte
 * 0x01, so that none can be taken for the other. Leaves are added one by one; only the roots of whole subtrees are kept.
 * For one thread.
 */
final class MerkleTree {

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private final MessageDigest digest = sha256();
    private final List<byte[]> whole = new ArrayList<>();
    private long leaves;

    /** Adds a leaf behind all others. */
    void add(byte[] leaf) {
        digest.update(LEAF);
        whole.add(digest.digest(leaf));
        leaves++;
        for (long left = leaves; left % 2 == 0; left /= 2) {
            byte[] right = whole.remove(whole.size() - 1);
            whole.add(node(whole.remove(whole.size() - 1), right));
        }
    }

    /** How many leaves there are. */
    long leaves() {
        return leaves;
    }

    /** The hash of the tree as it is now, in hexadecimal digits; of no leaves at all, that of nothing. */
    String root() {
        if (whole.isEmpty()) {
            return HexFormat.of().formatHex(digest.digest());
        }
        byte[] root = whole.get(whole.size() - 1);
        for (int i = whole.size() - 2; i >= 0; i--) {
            root = node(whole.get(i), root);
        }
        return HexFormat.of().formatHex(root);
    }

    private byte[] node(byte[] left, byte[] right) {
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
