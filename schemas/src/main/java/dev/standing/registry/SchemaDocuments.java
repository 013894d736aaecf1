package dev.standing.registry;

import dev.standing.registry.SchemaDocument.Reference;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Turns what the registry has into schemas, with everything that they refer to. */
final class SchemaDocuments {

    private final BiFunction<String, Integer, SchemaVersion> fetch;

    /**
     * @param fetch fetches a version of a subject
     */
    SchemaDocuments(BiFunction<String, Integer, SchemaVersion> fetch) {
        this.fetch = fetch;
    }

    /**
     * Parses a document.
     *
     * @throws RegistryRejectedException of kind UNUSABLE_SCHEMA if it is not an Avro schema, or not one that can be parsed
     */
    Schema parse(SchemaDocument document, String about) {
        if (!SchemaDocument.AVRO.equals(document.type())) {
            throw unusable(about + " is of type " + document.type() + ", not AVRO", null);
        }
        try {
            Map<String, Schema> named = new LinkedHashMap<>();
            addReferences(document, named, new HashSet<>());
            return parser(named).parse(text(document, about));
        } catch (AvroRuntimeException e) {
            throw unusable(about + " cannot be parsed: " + e.getMessage(), e);
        }
    }

    private void addReferences(SchemaDocument document, Map<String, Schema> named, Set<Reference> seen) {
        for (Reference reference : document.references()) {
            if (seen.add(reference)) {
                SchemaDocument referred =
                        fetch.apply(reference.subject(), reference.version()).document();
                addReferences(referred, named, seen);
                String about = "version " + reference.version() + " of " + reference.subject();
                addNamed(parser(named).parse(text(referred, about)), named);
            }
        }
    }

    /** All named types in it: what is nested in a schema that is referred to can be referred to as well. */
    private static void addNamed(Schema schema, Map<String, Schema> named) {
        switch (schema.getType()) {
            case RECORD -> {
                if (named.putIfAbsent(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> addNamed(field.schema(), named));
                }
            }
            case ENUM, FIXED -> named.putIfAbsent(schema.getFullName(), schema);
            case ARRAY -> addNamed(schema.getElementType(), named);
            case MAP -> addNamed(schema.getValueType(), named);
            case UNION -> schema.getTypes().forEach(branch -> addNamed(branch, named));
            default -> {
                // Has no name.
            }
        }
    }

    /** Lenient: what was once accepted and written has to be read. */
    private static Schema.Parser parser(Map<String, Schema> named) {
        return new Schema.Parser(NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .addTypes(named.values());
    }

    private static String text(SchemaDocument document, String about) {
        return document.text().orElseThrow(() -> unusable(about + " has no schema in it", null));
    }

    private static RegistryRejectedException unusable(String message, Throwable cause) {
        return new RegistryRejectedException(
                RegistryRejectedException.Kind.UNUSABLE_SCHEMA, "The schema registry's " + message, cause);
    }
}
