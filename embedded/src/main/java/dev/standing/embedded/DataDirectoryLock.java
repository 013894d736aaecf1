package dev.standing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a data directory to one process.
 *
 * <p>Kafka has a lock too, but a second broker writes to the metadata log before it looks at that lock and can break
 * the first one. This lock is to be taken before anything else in the directory is written. The operating system lets
 * go of it when the process ends, however it ends. Its file, {@value #FILE_NAME}, stays and means nothing by itself.
 */
public final class DataDirectoryLock implements AutoCloseable {

    /** The name of the lock's file; not {@code .lock}, which is Kafka's. */
    static final String FILE_NAME = "standing.lock";

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectoryLock.class);

    /** One byte far behind the pid, because Windows lets nobody read a byte that is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LONGEST_CONTENT = 64;

    /**
     * What this JVM holds. Asking the operating system is not enough: on POSIX, closing any channel on a file lets go
     * of all locks that the process has on it, so a second attempt from this JVM would undo the first lock.
     */
    private static final Set<Path> HELD_BY_THIS_JVM = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectoryLock(Path directory, FileChannel channel, FileLock lock) {
        this.directory = directory;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock or fails at once; it never waits.
     *
     * @param directory the directory to keep; created if missing
     * @return the lock, held until it is closed or the process ends
     * @throws DataDirectoryLockedException if another process, or another part of this one, holds it
     * @throws UncheckedIOException if the directory or the file of the lock cannot be written
     */
    public static DataDirectoryLock acquire(Path directory) {
        try {
            Path real = Files.createDirectories(directory).toRealPath();
            if (!HELD_BY_THIS_JVM.add(real)) {
                throw new DataDirectoryLockedException(
                        real, OptionalLong.of(ProcessHandle.current().pid()));
            }
            try {
                return lock(real);
            } catch (IOException | RuntimeException e) {
                HELD_BY_THIS_JVM.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock the data directory " + directory, e);
        }
    }

    private static DataDirectoryLock lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(FILE_NAME),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new DataDirectoryLockedException(directory, holder(channel));
            }
            writeOwnPid(channel);
            return new DataDirectoryLock(directory, channel, lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            // Held by this class as loaded by another class loader of this JVM.
            LOG.debug("The lock is held in this JVM", e);
            return null;
        }
    }

    private static OptionalLong holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(LONGEST_CONTENT);
        channel.read(content, 0);
        String text = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static void writeOwnPid(FileChannel channel) throws IOException {
        String pid = ProcessHandle.current().pid() + System.lineSeparator();
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /**
     * The directory that is kept.
     *
     * @return its real path
     */
    public Path directory() {
        return directory;
    }

    /**
     * Lets go of the directory; without effect the second time.
     *
     * @throws UncheckedIOException if the operating system refuses to
     */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            // Nobody holds it from here on, so nobody is to be named.
            channel.truncate(0);
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock the data directory " + directory, e);
        } finally {
            closeChannel();
            HELD_BY_THIS_JVM.remove(directory);
        }
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock is released or its failure is being thrown; a leaked descriptor is worth a line, no more.
            LOG.warn("Cannot close the lock file in {}", directory, e);
        }
    }
}
