package dev.standing.embedded.registry;

import java.util.Objects;

/**
 * One version of a subject.
 *
 * @param subject the subject
 * @param version its version, from 1
 * @param id the id of the content, from 1
 * @param content the schema
 * @param deleted whether it was deleted, but can still be read by its id
 */
record SchemaVersion(String subject, int version, int id, SchemaContent content, boolean deleted) {

    SchemaVersion {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(content, "content");
    }

    SchemaVersion asDeleted() {
        return new SchemaVersion(subject, version, id, content, true);
    }
}
