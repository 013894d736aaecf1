package dev.standing.audit.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files in one step: whoever looks sees all of it or what was there before, even after the machine failed. */
public final class WholeFile {

    private static final String NEW = ".new";

    private WholeFile() {}

    /** Where a file is written before it is whole. */
    public static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + NEW);
    }

    /** Writes a file in place of the one before, if any. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path beside = beside(file);
        write(beside, content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(file.toAbsolutePath().getParent());
    }

    /**
     * Writes a file that was not there.
     *
     * @throws FileAlreadyExistsException if it is there; it stays as it is
     */
    public static void create(Path file, byte[] content) throws IOException {
        refuseExisting(file);
        Path beside = unheardOf(file);
        try {
            write(beside, content);
            // Without an option it does not replace what has come meanwhile.
            Files.move(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
        sync(file.toAbsolutePath().getParent());
    }

    /**
     * Tries whether a file could be created. Nothing is left behind.
     *
     * @throws FileAlreadyExistsException if it is there
     * @throws IOException if it could not be written
     */
    public static void tryToCreate(Path file) throws IOException {
        refuseExisting(file);
        Path beside = unheardOf(file);
        write(beside, new byte[0]);
        Files.delete(beside);
    }

    /** A directory's entries are on the disk. */
    public static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Beside a file, in a folder where anything may lie. */
    private static Path unheardOf(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + NEW);
    }

    private static void refuseExisting(Path file) throws FileAlreadyExistsException {
        // A link that leads nowhere is there, too.
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }
}
