package dev.standing.local.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How a file is recognised.
 *
 * @param bytes how long it is
 * @param modified when it was last changed, in milliseconds since 1970
 * @param digest SHA-256 of its first MiB, in hexadecimal
 */
record FileIdentity(long bytes, long modified, String digest) {

    private static final int FIRST_BYTES = 1 << 20;

    static FileIdentity of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readNBytes(FIRST_BYTES));
            return new FileIdentity(
                    Files.size(file),
                    Files.getLastModifiedTime(file).toMillis(),
                    HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
