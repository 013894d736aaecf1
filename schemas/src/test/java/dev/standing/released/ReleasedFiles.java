package dev.standing.released;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The folder in the repository that has the schemas of all releases. Its README says what is in it. */
final class ReleasedFiles {

    private static final String NEW = "NEW";

    private final Path folder;

    ReleasedFiles(Path folder) {
        this.folder = folder;
    }

    /** The subjects that are said to be new. */
    Set<String> announced() throws IOException {
        return new TreeSet<>(Files.readAllLines(folder.resolve(NEW)));
    }

    /** What was altered, lost or slipped in since it was released. */
    List<String> objections() throws IOException {
        List<String> objections = new ArrayList<>();
        Map<String, String> index = index();
        for (Map.Entry<String, String> entry : index.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            if (!Files.exists(file)) {
                objections.add(entry.getKey() + " is gone: what was released is kept for ever");
            } else if (!sha256(Files.readAllBytes(file)).equals(entry.getValue())) {
                objections.add(entry.getKey() + " was altered after its release: change it back");
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(ReleasedSchemas.SUFFIX))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !index.containsKey(file))
                    .sorted()
                    .forEach(file -> objections.add(file + " is not in " + ReleasedSchemas.INDEX));
        }
        return List.copyOf(objections);
    }

    private Map<String, String> index() throws IOException {
        return Files.readAllLines(folder.resolve(ReleasedSchemas.INDEX)).stream()
                .map(line -> line.split("\\s+", 2))
                .collect(Collectors.toMap(
                        part -> part[1],
                        part -> part[0],
                        (one, other) -> {
                            throw new IllegalStateException("A file is twice in " + ReleasedSchemas.INDEX);
                        },
                        LinkedHashMap::new));
    }

    /** Adds the set of a release. */
    void add(String release, Map<String, Schema> schemas) throws IOException {
        Files.createDirectory(folder.resolve(release));
        StringBuilder index = new StringBuilder(Files.readString(folder.resolve(ReleasedSchemas.INDEX)));
        for (Map.Entry<String, Schema> entry : new TreeMap<>(schemas).entrySet()) {
            String path = release + "/" + entry.getKey() + ReleasedSchemas.SUFFIX;
            String text =
                    new ObjectMapper().readTree(entry.getValue().toString()).toPrettyString() + "\n";
            byte[] bytes = text.getBytes(UTF_8);
            Files.write(folder.resolve(path), bytes);
            index.append(sha256(bytes)).append("  ").append(path).append('\n');
        }
        Files.writeString(folder.resolve(ReleasedSchemas.INDEX), index);
        Files.writeString(folder.resolve(NEW), "");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
