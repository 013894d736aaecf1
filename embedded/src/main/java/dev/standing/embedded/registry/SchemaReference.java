package dev.standing.embedded.registry;

import java.util.Objects;

/**
 * A named type that a schema uses but does not define.
 *
 * @param name the full name of the type
 * @param subject the subject that defines it
 * @param version the version of that subject
 */
record SchemaReference(String name, String subject, int version) {

    SchemaReference {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(subject, "subject");
    }
}
