package dev.standing.audit.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.audit.file.WholeFile;
import dev.standing.audit.log.Slice;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Remembers what an unfinished export is of, where it ends, and which chunks are finished. What it says is on the disk. Safe
 * for use by many threads.
 */
final class Journal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileOutputStream out;

    private Journal(FileOutputStream out) {
        this.out = out;
    }

    /** The first line. */
    private record Head(Map<String, String> terms, List<Slice> slices) {}

    /**
     * What it says.
     *
     * @param terms what the export is of
     * @param slices with their ends, by partition
     * @param chunks those that are finished
     */
    record Content(Terms terms, List<Slice> slices, List<FinishedChunk> chunks) {}

    /**
     * Reads a journal. A last line that was not written to its end does not count.
     *
     * @throws ExportRefusedException if it is none
     */
    static Content read(Path path) throws IOException {
        String text = Files.readString(path);
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        try {
            Head head = JSON.readValue(lines.isEmpty() ? "" : lines.get(0), Head.class);
            List<FinishedChunk> chunks = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                chunks.add(JSON.readValue(line, FinishedChunk.class));
            }
            return new Content(new Terms(head.terms()), head.slices(), chunks);
        } catch (JsonProcessingException e) {
            throw new ExportRefusedException(path + " is not what an export has left: remove the directory, or name"
                    + " another (" + e.getOriginalMessage() + ")");
        }
    }

    /** Writes a journal in one step, in place of the one before, and goes on writing to it. */
    static Journal begin(Path path, Content content) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(JSON.writeValueAsString(new Head(content.terms().values(), content.slices())))
                .append('\n');
        for (FinishedChunk chunk : content.chunks()) {
            text.append(JSON.writeValueAsString(chunk)).append('\n');
        }
        WholeFile.replace(path, text.toString().getBytes(StandardCharsets.UTF_8));
        return new Journal(new FileOutputStream(path.toFile(), true));
    }

    /** Remembers that a chunk is finished. */
    synchronized void add(FinishedChunk chunk) throws IOException {
        out.write((JSON.writeValueAsString(chunk) + "\n").getBytes(StandardCharsets.UTF_8));
        out.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
