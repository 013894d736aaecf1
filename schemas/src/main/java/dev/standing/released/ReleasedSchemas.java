package dev.standing.released;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/** The schemas of all releases so far, from the jar. */
public final class ReleasedSchemas {

    /** Where they are in the jar; in the repository in {@code schemas/src/released}, with a README. */
    static final String FOLDER = "/dev/standing/released/";
    /** Lists them, as {@code sha256sum} does. */
    static final String INDEX = "SHA256SUMS";

    static final String SUFFIX = ".avsc";

    private ReleasedSchemas() {}

    private static final class Loaded {

        private static final List<ReleasedSchema> ALL =
                text(INDEX).lines().map(Loaded::schema).toList();

        /** From a line such as {@code <64 digits>  0.1.0/events-value.avsc}. */
        private static ReleasedSchema schema(String line) {
            String path = line.substring(line.indexOf(' ')).trim();
            int slash = path.indexOf('/');
            return new ReleasedSchema(
                    path.substring(0, slash),
                    path.substring(slash + 1, path.length() - SUFFIX.length()),
                    new Schema.Parser().parse(text(path)));
        }

        private static String text(String path) {
            try (InputStream in = ReleasedSchemas.class.getResourceAsStream(FOLDER + path)) {
                if (in == null) {
                    throw new IllegalStateException("The jar has no " + FOLDER + path);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * All of them, oldest release first.
     *
     * @return unmodifiable
     */
    public static List<ReleasedSchema> all() {
        return Loaded.ALL;
    }

    /**
     * Every schema that a release had for a record, whatever it was written to.
     *
     * @param fullName the record's name with its namespace
     * @return oldest first; empty if the record is new
     */
    public static List<Schema> of(String fullName) {
        return all().stream()
                .map(ReleasedSchema::schema)
                .filter(schema -> schema.getFullName().equals(fullName))
                .distinct()
                .toList();
    }
}
