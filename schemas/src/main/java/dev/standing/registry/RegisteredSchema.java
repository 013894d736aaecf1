package dev.standing.registry;

import java.util.Objects;
import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param subject the subject
 * @param version 1, 2, 3, ... within the subject; not every number need exist
 * @param id the registry's id of the schema
 * @param schema the schema, with everything that it refers to
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {

    /** Refuses null. */
    public RegisteredSchema {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(schema, "schema");
    }
}
