package dev.standing.released;

import java.util.Objects;
import org.apache.avro.Schema;

/**
 * A schema as a release had it.
 *
 * @param release the version, such as 0.1.0
 * @param subject what was written with it: for a topic its subject without the prefix, such as {@code events-value}; for values in stores and
 *     internal topics the full name of the record
 * @param schema complete
 */
public record ReleasedSchema(String release, String subject, Schema schema) {

    /** Refuses null. */
    public ReleasedSchema {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(schema, "schema");
    }
}
