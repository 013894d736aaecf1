package dev.standing.deploy.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One object of the manifests.
 *
 * @param file where it is, for people
 * @param content as the YAML has it
 */
record Manifest(String file, Map<?, ?> content) {

    /** Where all of them are. */
    static final Path DIRECTORY = Path.of("kubernetes");

    static final String KUSTOMIZATION = "kustomization.yaml";

    /** All objects of all files, but for the kustomization. */
    static List<Manifest> all() {
        return files().stream()
                .filter(file -> !file.equals(KUSTOMIZATION))
                .flatMap(file -> read(file).stream())
                .toList();
    }

    /** The names of all files. */
    static List<String> files() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of one file. */
    static List<Manifest> read(String file) {
        try {
            return parse(file, Files.readString(DIRECTORY.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of a text. */
    static List<Manifest> parse(String file, String text) {
        List<Manifest> manifests = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            manifests.add(new Manifest(file, (Map<?, ?>) document));
        }
        return manifests;
    }

    /** Its kind. */
    String kind() {
        return text("kind");
    }

    /** Its name. */
    String name() {
        return text("metadata", "name");
    }

    /** The text at a path, or "null" where there is none. */
    String text(Object... path) {
        return String.valueOf(at(content, path));
    }

    /** The map at a path; empty where there is none. */
    Map<?, ?> map(Object... path) {
        return at(content, path) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The maps in the list at a path; empty where there is none. */
    List<Map<?, ?>> maps(Object... path) {
        return mapsAt(content, path);
    }

    /** The maps in the list at a path below a value; empty where there is none. */
    static List<Map<?, ?>> mapsAt(Object from, Object... path) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (at(from, path) instanceof List<?> list) {
            list.forEach(element -> maps.add((Map<?, ?>) element));
        }
        return maps;
    }

    /** What is at a path below a value; an empty text where there is nothing. */
    static Object at(Object from, Object... path) {
        Object value = from;
        for (Object step : path) {
            Object next = value instanceof Map<?, ?> map ? map.get(step) : null;
            if (next == null) {
                return "";
            }
            value = next;
        }
        return value;
    }
}
