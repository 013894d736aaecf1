package dev.standing.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Turns the registry's JSON into schemas, with everything that they refer to. */
final class SchemaDocuments {

    private final BiFunction<String, Integer, JsonNode> fetch;

    /**
     * @param fetch fetches the document of a version of a subject
     */
    SchemaDocuments(BiFunction<String, Integer, JsonNode> fetch) {
        this.fetch = fetch;
    }

    /**
     * Parses a document: {@code {"schema": "...", "schemaType": "AVRO", "references": [{"name", "subject", "version"}]}}.
     *
     * @throws RegistryRejectedException of kind UNUSABLE_SCHEMA if it is not an Avro schema, or not one that can be parsed
     */
    Schema parse(JsonNode document, String about) {
        String type = document.path("schemaType").asText("AVRO");
        if (!"AVRO".equals(type)) {
            throw unusable(about + " is of type " + type + ", not AVRO", null);
        }
        try {
            Map<String, Schema> named = new LinkedHashMap<>();
            addReferences(document, named, new HashSet<>());
            return parser(named).parse(text(document, about));
        } catch (AvroRuntimeException e) {
            throw unusable(about + " cannot be parsed: " + e.getMessage(), e);
        }
    }

    private void addReferences(JsonNode document, Map<String, Schema> named, Set<String> seen) {
        for (JsonNode reference : document.path("references")) {
            String subject = reference.path("subject").asText();
            int version = reference.path("version").asInt();
            if (seen.add(subject + "/" + version)) {
                JsonNode referred = fetch.apply(subject, version);
                addReferences(referred, named, seen);
                Schema schema = parser(named).parse(text(referred, "version " + version + " of " + subject));
                addNamed(schema, named);
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

    private static String text(JsonNode document, String about) {
        JsonNode schema = document.path("schema");
        if (!schema.isTextual()) {
            throw unusable(about + " has no schema in it", null);
        }
        return schema.textValue();
    }

    private static RegistryRejectedException unusable(String message, Throwable cause) {
        return new RegistryRejectedException(
                RegistryRejectedException.Kind.UNUSABLE_SCHEMA, "The schema registry's " + message, cause);
    }
}
