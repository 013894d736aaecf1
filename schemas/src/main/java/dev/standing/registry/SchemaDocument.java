package dev.standing.registry;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A schema as a registry has it, not parsed yet.
 *
 * @param type such as AVRO
 * @param text empty if the registry's answer has none
 * @param references what the text names and does not define
 */
public record SchemaDocument(String type, Optional<String> text, List<Reference> references) {

    /** What a registry means that names no type. */
    public static final String AVRO = "AVRO";

    /** Copies the references. */
    public SchemaDocument {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(text, "text");
        references = List.copyOf(references);
    }

    /**
     * The version of a subject that defines a type.
     *
     * @param subject the subject
     * @param version its number
     */
    public record Reference(String subject, int version) {

        /** Refuses null. */
        public Reference {
            Objects.requireNonNull(subject, "subject");
        }
    }
}
