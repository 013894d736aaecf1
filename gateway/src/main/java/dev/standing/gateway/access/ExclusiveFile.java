package dev.standing.gateway.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/**
 * A file that is changed by one at a time, of all processes, and read by others meanwhile.
 *
 * <p>It is replaced by a rename: who reads it sees the whole of what was before or of what comes after, also when the
 * machine stops in between. A new file is for its owner alone; one that there is keeps its permissions.
 */
final class ExclusiveFile {

    /**
     * Locks of files are held by the process, not by threads: within it, this one is taken first. It is one for all
     * files, because they are changed by hand.
     */
    private static final Object IN_THIS_JVM = new Object();

    private final Path path;

    ExclusiveFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** A change. */
    @FunctionalInterface
    interface Change {

        /**
         * What is to stand there instead.
         *
         * @param content what stands there; empty: there is no file
         * @return empty: nothing is to change
         */
        Optional<byte[]> apply(Optional<byte[]> content) throws IOException;
    }

    /**
     * Changes it; waits for others that do. Its directory is made if there is none.
     *
     * @throws IOException if it cannot be read or written; it is as before then
     */
    void edit(Change change) throws IOException {
        if (!Files.isDirectory(path.getParent())) {
            Files.createDirectories(path.getParent());
        }
        Path real = Files.exists(path) ? path.toRealPath() : path;
        synchronized (IN_THIS_JVM) {
            try (FileChannel channel = FileChannel.open(
                    real.resolveSibling(real.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE)) {
                // Let go of with the channel.
                channel.lock();
                Optional<byte[]> changed = change.apply(read());
                if (changed.isPresent()) {
                    replace(real, changed.get());
                }
            }
        }
    }

    /**
     * What stands there; empty: there is no file.
     *
     * @throws IOException if it cannot be read
     */
    Optional<byte[]> read() throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        // Where there are permissions, for its owner alone.
        Path beside = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            keepPermissions(file, beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        if (isPosix(file.getParent())) {
            try (FileChannel directory = FileChannel.open(file.getParent())) {
                directory.force(true);
            }
        }
    }

    /** Whoever could read the file must be able to read it still: a gateway, perhaps, that runs as another user. */
    private static void keepPermissions(Path from, Path to) throws IOException {
        if (!Files.exists(from) || !isPosix(from)) {
            return;
        }
        PosixFileAttributes before = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        PosixFileAttributes now = view.readAttributes();
        if (!before.group().equals(now.group())) {
            view.setGroup(before.group());
        }
        view.setPermissions(before.permissions());
        if (!before.owner().equals(now.owner())) {
            view.setOwner(before.owner());
        }
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
    }
}
