package dev.standing.gateway.docs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that is served as it is.
 *
 * @param path where it is served
 * @param contentType its media type
 * @param entityTag a strong tag of its content, with the quotation marks (RFC 9110, section 8.8.3)
 * @param content its bytes, which nobody may change
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
public record Asset(String path, String contentType, String entityTag, byte[] content) {

    private static final int TAG_BYTES = 16;

    /** A file, known by its content. */
    static Asset of(String path, String contentType, byte[] content) {
        return new Asset(path, contentType, "\"" + digest(content) + "\"", content);
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
