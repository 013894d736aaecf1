package dev.standing.local.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.local.imports.input.UnusableFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** All refusals, as JSON Lines in the order of the lines. */
final class RefusedFile implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileChannel channel;
    private long bytes;

    private RefusedFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens one, as it is.
     *
     * @throws UnusableFileException if another import is writing to it
     */
    static RefusedFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new UnusableFileException("Another import is writing to " + path + "; one at a time");
        }
        return new RefusedFile(channel);
    }

    /** Locks it for as long as it is open, against other processes and this one; whether nobody else had. */
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Keeps its first bytes; what is behind was written by a run that did not come to remember it. */
    void keep(long first) throws IOException {
        channel.truncate(first);
        bytes = channel.size();
    }

    void add(Refusal refusal) throws IOException {
        ByteBuffer line =
                ByteBuffer.wrap((JSON.writeValueAsString(refusal.toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
        long end = bytes;
        while (line.hasRemaining()) {
            end += channel.write(line, end);
        }
        bytes = end;
    }

    /** How long it is; a line that could not be written whole does not count. */
    long bytes() {
        return bytes;
    }

    /** Brings all to the disk. */
    void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
