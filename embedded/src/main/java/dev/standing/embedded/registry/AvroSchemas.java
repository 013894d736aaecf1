package dev.standing.embedded.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads Avro schemas, with the types that they take from other subjects. */
final class AvroSchemas {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Function<SchemaReference, SchemaContent> referenced;

    /**
     * With a source of references.
     *
     * @param referenced finds what a reference stands for, or throws {@link RegistryRefusal}
     */
    AvroSchemas(Function<SchemaReference, SchemaContent> referenced) {
        this.referenced = referenced;
    }

    /**
     * Brings a request into the form by which schemas are compared.
     *
     * @throws RegistryRefusal 42201 if it is not a valid Avro schema
     */
    SchemaContent canonical(SchemaRequest request) {
        String text = request.normalize() ? sorted(request.schema()) : request.schema();
        Schema schema = parse(new SchemaContent(text, request.references()));
        // Avro would write referenced types out in full, so that a schema with references keeps its own JSON.
        String canonical = request.references().isEmpty() ? schema.toString() : compact(text);
        return new SchemaContent(canonical, request.references());
    }

    /**
     * The schema itself.
     *
     * @throws RegistryRefusal 42201 if it is not a valid Avro schema, or one that it refers to is unknown
     */
    Schema parse(SchemaContent content) {
        try {
            Schema.Parser parser = new Schema.Parser();
            defineReferenced(content.references(), parser, new HashSet<>());
            return parser.parse(content.text());
        } catch (AvroRuntimeException e) {
            throw RegistryRefusal.invalidSchema(e.getMessage());
        } catch (NullPointerException e) {
            // How Avro 1.12 answers a schema that is nothing but a name it does not know.
            throw RegistryRefusal.invalidSchema("a type that is not defined: " + content.text());
        }
    }

    private void defineReferenced(List<SchemaReference> references, Schema.Parser parser, Set<String> defined) {
        for (SchemaReference reference : references) {
            // Two paths may lead to one type, and a parser takes each definition once.
            if (defined.add(reference.subject() + "/" + reference.version())) {
                SchemaContent content = referenced.apply(reference);
                defineReferenced(content.references(), parser, defined);
                parser.parse(content.text());
            }
        }
    }

    /** JSON objects have no order, so sorting all keys leaves the schema what it is. */
    private static String sorted(String text) {
        try {
            return JSON.writeValueAsString(JSON.readValue(text, Object.class));
        } catch (JsonProcessingException e) {
            throw RegistryRefusal.invalidSchema(e.getOriginalMessage());
        }
    }

    private static String compact(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return tree.toString();
        } catch (JsonProcessingException e) {
            throw RegistryRefusal.invalidSchema(e.getOriginalMessage());
        }
    }
}
