package dev.standing.audit.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.standing.audit.export.format.ExportFormat;
import dev.standing.audit.file.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory that one export is written to. There is a journal while it is not finished, and a manifest once it is. Held by
 * one process at a time, if at all.
 */
final class ExportDirectory implements AutoCloseable {

    static final String MANIFEST = "manifest.json";
    static final String JOURNAL = ".progress.jsonl";
    private static final String LOCK = ".lock";
    private static final String UNFINISHED = ".part";

    private static final Pattern DATE = Pattern.compile("date=[+-]?\\d{4,}-\\d{2}-\\d{2}");
    private static final Pattern OURS =
            Pattern.compile("\\.?[a-z]+-p\\d{3,}-\\d{20}\\.(jsonl|csv|avro|parquet)(\\.part)?");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter PRETTY =
            JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

    private final Path root;
    private final Optional<FileChannel> held;

    private ExportDirectory(Path root, Optional<FileChannel> held) {
        this.root = root;
        this.held = held;
    }

    /** To be read only. */
    static ExportDirectory read(Path root) {
        return new ExportDirectory(root, Optional.empty());
    }

    /**
     * To be written to. It is made if it is not there.
     *
     * @throws ExportRefusedException if it holds something else, or if another export is being written to it
     */
    static ExportDirectory hold(Path root) throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new ExportRefusedException(root + " is no directory");
        }
        refuseForeign(root);
        Files.createDirectories(root);
        FileChannel channel = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new ExportDirectory(root, Optional.of(channel));
            }
        } catch (OverlappingFileLockException e) {
            // Held by this process.
        }
        channel.close();
        throw new ExportRefusedException("Another export is being written to " + root);
    }

    /** What was there before belongs to somebody. */
    private static void refuseForeign(Path root) throws IOException {
        if (!Files.isDirectory(root) || Files.exists(root.resolve(MANIFEST)) || Files.exists(root.resolve(JOURNAL))) {
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            Set<String> own = Set.of(
                    LOCK, WholeFile.beside(Path.of(JOURNAL)).getFileName().toString());
            if (entries.anyMatch(entry -> !own.contains(entry.getFileName().toString()))) {
                throw new ExportRefusedException(root + " is not empty, and holds no export that could go on");
            }
        }
    }

    /** Where a file of an export lies: by date, and named by its partition and the offset of its first event. */
    static String path(LocalDate date, String prefix, int partition, long offset, ExportFormat format) {
        return String.format(
                Locale.ROOT, "date=%s/%s-p%03d-%020d.%s", date, prefix, partition, offset, format.ending());
    }

    /** Where a file is written before it is whole. Its name begins with a dot, which readers of such directories skip. */
    Path unfinished(String path) throws IOException {
        Path whole = root.resolve(path);
        Files.createDirectories(whole.getParent());
        return whole.resolveSibling("." + whole.getFileName() + UNFINISHED);
    }

    /** Puts whole files into their places, for good. */
    void publish(List<ExportedFile> files) throws IOException {
        Set<Path> folders = new TreeSet<>();
        for (ExportedFile file : files) {
            Path whole = root.resolve(file.path());
            Files.move(
                    unfinished(file.path()),
                    whole,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            folders.add(whole.getParent());
        }
        folders.add(root);
        for (Path folder : folders) {
            WholeFile.sync(folder);
        }
    }

    /** What is not finished; empty: all is, or nothing was begun. */
    Optional<Journal.Content> journal() throws IOException {
        Path path = root.resolve(JOURNAL);
        return Files.exists(path) ? Optional.of(Journal.read(path)) : Optional.empty();
    }

    /** What is finished; empty: nothing is. */
    Optional<Manifest> manifest() throws IOException {
        Path path = root.resolve(MANIFEST);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(path.toFile(), Manifest.class));
        } catch (JsonProcessingException e) {
            throw new ExportRefusedException(path + " is no manifest of an export: " + e.getOriginalMessage());
        }
    }

    /** Has a journal, and no manifest any more. */
    Journal begin(Journal.Content content) throws IOException {
        Journal journal = Journal.begin(root.resolve(JOURNAL), content);
        Files.deleteIfExists(root.resolve(MANIFEST));
        return journal;
    }

    /** Has a manifest, and no journal any more. */
    void finish(Manifest manifest) throws IOException {
        byte[] text = PRETTY.writeValueAsBytes(manifest);
        WholeFile.replace(root.resolve(MANIFEST), text);
        Files.deleteIfExists(root.resolve(JOURNAL));
        WholeFile.sync(root);
    }

    /** Whether a file is there with its bytes, all of which are read. */
    boolean has(ExportedFile file) throws IOException {
        Path path = root.resolve(file.path());
        return Files.isRegularFile(path)
                && Files.size(path) == file.bytes()
                && HashingFile.hash(path).equals(file.sha256());
    }

    /** Where a file lies. */
    Path place(String path) {
        return root.resolve(path);
    }

    /** The paths of all files in folders of dates. */
    Set<String> files() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path folder : folders()) {
            try (Stream<Path> entries = Files.list(folder)) {
                entries.forEach(entry -> found.add(folder.getFileName() + "/" + entry.getFileName()));
            }
        }
        return found;
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry -> Files.isDirectory(entry)
                            && DATE.matcher(entry.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** Removes the files of exports that are not among these, and folders that are empty then. */
    void keepOnly(Set<String> kept) throws IOException {
        for (String path : files()) {
            Path file = root.resolve(path);
            if (!kept.contains(path)
                    && OURS.matcher(file.getFileName().toString()).matches()) {
                Files.delete(file);
            }
        }
        for (Path folder : folders()) {
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    continue;
                }
            }
            Files.delete(folder);
        }
    }

    /** Lets others have it. */
    @Override
    public void close() throws IOException {
        if (held.isPresent()) {
            held.get().close();
        }
    }
}
