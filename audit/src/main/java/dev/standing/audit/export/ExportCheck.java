package dev.standing.audit.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares the files of an export with its manifest. */
public final class ExportCheck {

    private ExportCheck() {}

    /**
     * What was found.
     *
     * @param files how many the manifest names
     * @param rows how many they have
     * @param manifestSha256 of the manifest, in hexadecimal
     * @param differences what is not as the manifest says, by path
     */
    public record Finding(long files, long rows, String manifestSha256, List<Difference> differences) {

        /** Keeps a copy. */
        public Finding {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Something that is not as the manifest says.
     *
     * @param path of the file, in the directory
     * @param what in words for people
     */
    public record Difference(String path, String what) {}

    /**
     * Reads all files of an export.
     *
     * @throws ExportRefusedException if there is none, or if it is not finished
     * @throws UnwritableDirectoryException if a file cannot be read
     */
    public static Finding check(Path root) {
        try {
            if (!Files.isDirectory(root)) {
                throw new ExportRefusedException(root + " is no directory");
            }
            ExportDirectory directory = ExportDirectory.read(root);
            if (Files.exists(directory.place(ExportDirectory.JOURNAL))) {
                throw new ExportRefusedException("The export to " + root + " is not finished: run it again");
            }
            Manifest manifest = directory
                    .manifest()
                    .orElseThrow(() -> new ExportRefusedException(root + " has no " + ExportDirectory.MANIFEST));
            return new Finding(
                    manifest.total().files(),
                    manifest.total().count(),
                    HashingFile.hash(directory.place(ExportDirectory.MANIFEST)),
                    differences(directory, manifest));
        } catch (IOException e) {
            throw new UnwritableDirectoryException("The export in " + root + " cannot be read", e);
        }
    }

    private static List<Difference> differences(ExportDirectory directory, Manifest manifest) throws IOException {
        List<Difference> differences = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (ExportedFile file : manifest.files()) {
            named.add(file.path());
            difference(directory.place(file.path()), file)
                    .ifPresent(what -> differences.add(new Difference(file.path(), what)));
        }
        for (String path : directory.files()) {
            if (!named.contains(path)) {
                differences.add(new Difference(path, "is not in the manifest"));
            }
        }
        Manifest summed = Manifest.of(
                new Terms(manifest.terms()),
                manifest.slices(),
                List.of(new FinishedChunk(new Chunk(0, 0, 0), manifest.files(), manifest.unreadable())));
        if (!summed.partitions().equals(manifest.partitions())
                || !summed.total().equals(manifest.total())) {
            differences.add(
                    new Difference(ExportDirectory.MANIFEST, "has counts that are not the sums of its files' counts"));
        }
        return differences;
    }

    private static Optional<String> difference(Path place, ExportedFile file) throws IOException {
        if (!Files.isRegularFile(place)) {
            return Optional.of("is missing");
        }
        long bytes = Files.size(place);
        if (bytes != file.bytes()) {
            return Optional.of("has " + bytes + " bytes, not " + file.bytes());
        }
        return HashingFile.hash(place).equals(file.sha256())
                ? Optional.empty()
                : Optional.of("has another SHA-256 than the manifest says");
    }
}
