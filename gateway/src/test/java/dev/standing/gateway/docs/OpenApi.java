package dev.standing.gateway.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The OpenAPI document as it is served. Safe for use by many threads. */
public final class OpenApi {

    /**
     * What the document says of a method at a path.
     *
     * @param method in upper case
     * @param template the path, with names in braces
     * @param pointer where the document says it
     */
    public record Operation(String method, String template, String pointer) {

        boolean isAt(String path) {
            String[] names = template.split("/", -1);
            String[] segments = path.split("/", -1);
            if (names.length != segments.length) {
                return false;
            }
            for (int i = 0; i < names.length; i++) {
                boolean isAny = names[i].startsWith("{") && !segments[i].isEmpty();
                if (!isAny && !names[i].equals(segments[i])) {
                    return false;
                }
            }
            return true;
        }

        private long names() {
            return template.chars().filter(c -> c == '{').count();
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IRI = "https://standing.invalid/openapi.json";

    private final JsonNode root;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final List<Operation> operations = new ArrayList<>();

    /** Reads the document. */
    public OpenApi() {
        byte[] content = ApiDocumentation.read().stream()
                .filter(asset -> asset.path().equals(ApiDocumentation.OPEN_API))
                .findFirst()
                .orElseThrow()
                .content();
        String text = new String(content, StandardCharsets.UTF_8);
        root = json(text);
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(IRI, text))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> operations.add(new Operation(
                                method.toUpperCase(Locale.ROOT),
                                path.getKey(),
                                "/paths/" + escaped(path.getKey()) + "/" + method))));
        operations.sort(Comparator.comparing(Operation::names));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("This is no JSON: " + text, e);
        }
    }

    /** The whole document. */
    JsonNode root() {
        return root;
    }

    /** All operations, those with the fewest names in their paths first. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** The operation of a method at a path as it was sent; a path of its own goes before one with names. */
    Optional<Operation> operation(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.method().equals(method) && operation.isAt(path))
                .findFirst();
    }

    /** What stands at a pointer; missing if there is nothing. */
    JsonNode at(String pointer) {
        return root.at(pointer);
    }

    /** The pointer, or where the reference there leads to. */
    String followed(String pointer) {
        JsonNode reference = root.at(pointer).path("$ref");
        return reference.isTextual() ? followed(reference.textValue().substring(1)) : pointer;
    }

    /** The symbols of the enumeration in a schema of the components. */
    public List<String> symbols(String schema) {
        List<String> symbols = new ArrayList<>();
        root.at("/components/schemas/" + schema + "/enum").forEach(symbol -> symbols.add(symbol.asText()));
        return symbols;
    }

    /** The statuses of the problems that have a code. */
    public Set<Integer> statusesOf(String code) {
        Set<Integer> statuses = new TreeSet<>();
        for (JsonNode response : root.at("/components/responses")) {
            JsonNode problem = response.at("/content/application~1problem+json/schema/properties");
            problem.at("/code/enum").forEach(symbol -> {
                if (symbol.asText().equals(code)) {
                    statuses.add(problem.at("/status/const").asInt());
                }
            });
        }
        return statuses;
    }

    /**
     * What is wrong with a JSON text by the schema at a pointer; empty: nothing.
     *
     * @throws AssertionError if there is no schema at the pointer
     */
    public List<String> errors(String pointer, String json) {
        if (root.at(pointer).isMissingNode()) {
            throw new AssertionError("openapi.json has nothing at " + pointer);
        }
        Schema schema =
                schemas.computeIfAbsent(pointer, at -> registry.getSchema(SchemaLocation.of(IRI + "#" + fragment(at))));
        return schema.validate(json, InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .distinct()
                .toList();
    }

    /** One name as a part of a pointer (RFC 6901). */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** A pointer as a fragment of an IRI. */
    private static String fragment(String pointer) {
        return pointer.replace("{", "%7B").replace("}", "%7D");
    }
}
