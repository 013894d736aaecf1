package dev.standing.local.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** All refusals, as JSON Lines in the order of the lines. */
final class RefusedFile implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileChannel channel;

    private RefusedFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Goes on with a file.
     *
     * @param bytes how much of it counts; what is behind was written by a run that did not come to remember it
     */
    static RefusedFile open(Path path, long bytes) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.size() > bytes) {
            channel.truncate(bytes);
        }
        channel.position(channel.size());
        return new RefusedFile(channel);
    }

    void add(Refusal refusal) throws IOException {
        ByteBuffer line =
                ByteBuffer.wrap((JSON.writeValueAsString(refusal.toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    /** Brings all to the disk, and tells how long it is. */
    long force() throws IOException {
        channel.force(false);
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
