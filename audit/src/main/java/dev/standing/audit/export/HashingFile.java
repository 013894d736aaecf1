package dev.standing.audit.export;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that is being written, and what it comes to. */
final class HashingFile implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    private final Path path;
    private final FileOutputStream file;
    private final MessageDigest digest = sha256();
    private final OutputStream out;

    HashingFile(Path path) throws IOException {
        this.path = path;
        this.file = new FileOutputStream(path.toFile());
        this.out = new BufferedOutputStream(new DigestOutputStream(file, digest), BUFFER);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The SHA-256 of a file, in hexadecimal. */
    static String hash(Path path) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    OutputStream out() {
        return out;
    }

    Path path() {
        return path;
    }

    /** Has all of it on the disk; nothing is written any more. */
    Written finish() throws IOException {
        out.flush();
        file.getFD().sync();
        file.close();
        return new Written(Files.size(path), HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * What it comes to.
     *
     * @param bytes its size
     * @param sha256 in hexadecimal
     */
    record Written(long bytes, String sha256) {}

    /** Leaves it as it is, half written or whole. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
