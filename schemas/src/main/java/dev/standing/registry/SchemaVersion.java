package dev.standing.registry;

import java.util.Objects;

/**
 * A version of a subject as a registry has it.
 *
 * @param number 1, 2, 3, ... within the subject
 * @param id the registry's id of the schema
 * @param document the schema
 */
public record SchemaVersion(int number, int id, SchemaDocument document) {

    /** Refuses null. */
    public SchemaVersion {
        Objects.requireNonNull(document, "document");
    }
}
