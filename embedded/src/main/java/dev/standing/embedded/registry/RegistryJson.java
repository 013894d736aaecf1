package dev.standing.embedded.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The bodies of requests and answers, in the shapes of Confluent's REST API. */
final class RegistryJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a client may send without an effect here: Confluent's client sends version and id in any case. */
    private static final Set<String> KNOWN =
            Set.of("schema", "schemaType", "references", "version", "id", "subject", "deleted", "guid");

    private RegistryJson() {}

    /**
     * A schema to register or look up.
     *
     * @throws RegistryRefusal if the body is not JSON, has no schema, or asks for what this registry cannot do
     */
    static SchemaRequest schemaRequest(String body, boolean normalize) {
        JsonNode node = object(body);
        String type = node.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryRefusal.invalidSchema("schema type " + type + "; this local registry knows AVRO only");
        }
        refuseUnsupported(node, KNOWN);
        if (node.path("id").asInt(0) > 0) {
            throw RegistryRefusal.notSupported("Registering a schema with an id of one's own");
        }
        String schema = node.path("schema").textValue();
        if (schema == null || schema.isBlank()) {
            throw RegistryRefusal.invalidSchema("no text in \"schema\"");
        }
        return new SchemaRequest(schema, references(node.path("references")), normalize);
    }

    private static List<SchemaReference> references(JsonNode nodes) {
        List<SchemaReference> references = new ArrayList<>();
        for (JsonNode node : nodes) {
            String name = node.path("name").textValue();
            String subject = node.path("subject").textValue();
            if (name == null || subject == null || !node.path("version").canConvertToInt()) {
                throw RegistryRefusal.invalidSchema("a reference needs name, subject and version: " + node);
            }
            references.add(
                    new SchemaReference(name, subject, node.path("version").intValue()));
        }
        return references;
    }

    /**
     * A compatibility level to set.
     *
     * @throws RegistryRefusal if the body is not JSON or names no level, or more than a level
     */
    static CompatibilityLevel level(String body) {
        JsonNode node = object(body);
        refuseUnsupported(node, Set.of("compatibility"));
        return CompatibilityLevel.named(node.path("compatibility").asText()).orElseThrow(RegistryRefusal::invalidLevel);
    }

    /** Better refused than ignored: rules, metadata or an alias that have no effect mislead. */
    private static void refuseUnsupported(JsonNode node, Set<String> known) {
        node.properties().forEach(property -> {
            if (!known.contains(property.getKey()) && !property.getValue().isNull()) {
                throw RegistryRefusal.notSupported("\"" + property.getKey() + "\"");
            }
        });
    }

    private static JsonNode object(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw RegistryRefusal.malformed("the body is not JSON: " + e.getOriginalMessage());
        }
        throw RegistryRefusal.malformed("the body is not a JSON object");
    }

    static JsonNode version(SchemaVersion version) {
        ObjectNode node = JSON.createObjectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("guid", version.content().guid());
        return withContent(node, version.content());
    }

    static JsonNode content(SchemaContent content) {
        return withContent(JSON.createObjectNode(), content);
    }

    private static JsonNode withContent(ObjectNode node, SchemaContent content) {
        if (!content.references().isEmpty()) {
            ArrayNode references = node.putArray("references");
            content.references()
                    .forEach(reference -> references
                            .addObject()
                            .put("name", reference.name())
                            .put("subject", reference.subject())
                            .put("version", reference.version()));
        }
        return node.put("schema", content.text());
    }

    static JsonNode uses(List<SchemaVersion> versions) {
        ArrayNode nodes = JSON.createArrayNode();
        versions.forEach(
                version -> nodes.addObject().put("subject", version.subject()).put("version", version.version()));
        return nodes;
    }

    static JsonNode texts(List<String> texts) {
        ArrayNode nodes = JSON.createArrayNode();
        texts.forEach(nodes::add);
        return nodes;
    }

    static JsonNode numbers(List<Integer> numbers) {
        ArrayNode nodes = JSON.createArrayNode();
        numbers.forEach(nodes::add);
        return nodes;
    }

    static JsonNode number(int number) {
        return JSON.getNodeFactory().numberNode(number);
    }

    static JsonNode object(String name, String value) {
        return JSON.createObjectNode().put(name, value);
    }

    static JsonNode object(String name, int value) {
        return JSON.createObjectNode().put(name, value);
    }

    static JsonNode nothing() {
        return JSON.createObjectNode();
    }

    static JsonNode compatibility(List<String> violations, boolean verbose) {
        ObjectNode node = JSON.createObjectNode().put("is_compatible", violations.isEmpty());
        return verbose ? node.set("messages", texts(violations)) : node;
    }

    static JsonNode error(int code, String message) {
        return JSON.createObjectNode().put("error_code", code).put("message", message);
    }
}
