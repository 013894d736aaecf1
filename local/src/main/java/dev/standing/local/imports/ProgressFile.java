package dev.standing.local.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.local.imports.input.FileFormat;
import dev.standing.local.imports.input.UnusableFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Remembers how far an import has come: what it says is always something that was saved, whole. */
final class ProgressFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final Import what;

    ProgressFile(Path path, FileIdentity file, FileFormat format, String url) {
        this.path = path;
        this.what = new Import(file, format, url);
    }

    /** What is imported to where. */
    private record Import(FileIdentity file, FileFormat format, String url) {}

    private record Content(Import of, Progress progress) {}

    /**
     * What was saved; empty: nothing was.
     *
     * @throws UnusableFileException if it was saved for something else, or cannot be read
     */
    Optional<Progress> load() throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        Content content;
        try {
            content = JSON.readValue(path.toFile(), Content.class);
        } catch (JsonProcessingException e) {
            throw refused(" is no progress of an import");
        }
        if (content.of() == null || content.progress() == null) {
            throw refused(" is no progress of an import");
        }
        if (!what.equals(content.of())) {
            throw refused(
                    what.url().equals(content.of().url())
                            ? " is of another file, or the file has changed since"
                            : " is of an import to " + content.of().url());
        }
        return Optional.of(content.progress());
    }

    private UnusableFileException refused(String why) {
        return new UnusableFileException(path + why + "; --restart begins afresh (what is in already is not"
                + " registered again), --progress names another file");
    }

    /** Saves it in one step. */
    void save(Progress progress) throws IOException {
        Path beside = path.resolveSibling(path.getFileName() + ".new");
        byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Content(what, progress));
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
