package dev.standing.processor.history;

import dev.standing.avro.SubordinateRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * Where a subordinate stands among those of its customer: by its depth, so that parents come before their children, then
 * by its type, then by its id as its bytes in UTF-8 sort.
 *
 * @param bytes sort as positions do: the depth, big-endian; the type; a colon, which no type has; the id
 */
public record SubordinatePosition(Bytes bytes) {

    /** More than the longest ids need. */
    private static final int MAX_BYTES = 2_048;

    /** Of a subordinate at that depth; 1: directly beneath the customer. */
    static SubordinatePosition of(int depth, SubordinateRef ref) {
        byte[] name = name(ref);
        return new SubordinatePosition(Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + name.length)
                .putInt(depth)
                .put(name)
                .array()));
    }

    /** The type and the id, with what no type has in between. */
    static byte[] name(SubordinateRef ref) {
        return (ref.getType() + ":" + ref.getId()).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what {@link #text} gave; empty if it did not give that. */
    public static Optional<SubordinatePosition> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            SubordinatePosition position = new SubordinatePosition(Bytes.wrap(bytes));
            boolean isOne = bytes.length > Integer.BYTES
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
    SubordinatePosition next() {
        byte[] here = bytes.get();
        return new SubordinatePosition(Bytes.wrap(
                ByteBuffer.allocate(here.length + 1).put(here).put((byte) 0).array()));
    }
}
