package dev.standing.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * A client of Confluent's Schema Registry REST API. Safe for use by many threads.
 *
 * <p>Every call but {@link #cached} and {@link #remember} may block: as long as the configured timeouts, retries and waits allow. Every such call
 * throws {@link RegistryUnavailableException} if no URL gives an answer, and {@link RegistryRejectedException} if the answer is no. Schemas and
 * ids never change once they are given, so what was learned is remembered, as much of it as {@link RegistryConfig#CACHE_SIZE} allows.
 */
public final class SchemaRegistryClient implements AutoCloseable {

    private record SubjectAndSchema(String subject, Schema schema) {}

    private final RegistryConfig config;
    private final RegistryHttp http;
    private final SchemaDocuments documents;
    private final BoundedCache<SchemaKey, Schema> schemas;
    private final BoundedCache<SubjectAndSchema, Integer> ids;

    /**
     * Makes a client; nothing is sent yet.
     *
     * @param configs see {@link RegistryConfig}
     * @throws ConfigException if a value is missing or malformed; it names the key
     */
    public SchemaRegistryClient(Map<String, ?> configs) {
        this(RegistryConfig.parse(configs), Thread::sleep);
    }

    SchemaRegistryClient(RegistryConfig config, Pause pause) {
        this.config = config;
        this.http = new RegistryHttp(config, pause);
        this.documents = new SchemaDocuments(this::versionDocument);
        this.schemas = new BoundedCache<>(config.cacheSize());
        this.ids = new BoundedCache<>(config.cacheSize());
    }

    /**
     * What the client was configured with.
     *
     * @return never null
     */
    public RegistryConfig config() {
        return config;
    }

    /**
     * Registers a schema as the next version of a subject, unless the subject has it already.
     *
     * @param subject the subject
     * @param schema the schema, complete
     * @return the registry's id of the schema
     * @throws RegistryRejectedException of kind INCOMPATIBLE if the subject's compatibility level forbids the schema
     */
    public int register(String subject, Schema schema) {
        SubjectAndSchema key = new SubjectAndSchema(subject, schema);
        Optional<Integer> known = ids.get(key);
        if (known.isPresent()) {
            return known.get();
        }
        String path = "/subjects/" + escape(subject) + "/versions" + normalize("?");
        String about = "register " + schema.getFullName() + " under the subject " + subject;
        return remember(key, id(http.send("POST", path, Optional.of(body(schema)), about), about));
    }

    /**
     * Asks whether a subject has a schema. Only a yes is remembered.
     *
     * @param subject the subject
     * @param schema the schema, complete
     * @return the registry's id of the schema; empty if the subject does not exist, or does not have it
     */
    public Optional<Integer> lookUp(String subject, Schema schema) {
        SubjectAndSchema key = new SubjectAndSchema(subject, schema);
        Optional<Integer> known = ids.get(key);
        if (known.isPresent()) {
            return known;
        }
        String path = "/subjects/" + escape(subject) + normalize("?");
        String about = "look up " + schema.getFullName() + " under the subject " + subject;
        return unlessUnknown(() -> remember(key, id(http.send("POST", path, Optional.of(body(schema)), about), about)));
    }

    /**
     * The schema that a record was written with, from memory or else from the registry.
     *
     * @param key as found in the record
     * @return the schema, with everything that it refers to
     * @throws RegistryRejectedException of kind UNKNOWN_SCHEMA if the registry has no such schema; of kind UNUSABLE_SCHEMA if it is not one of
     *     Avro, or cannot be parsed
     */
    public Schema schema(SchemaKey key) {
        Optional<Schema> known = schemas.get(key);
        if (known.isPresent()) {
            return known.get();
        }
        String path = key instanceof SchemaKey.Id id
                ? "/schemas/ids/" + id.value()
                : "/schemas/guids/" + ((SchemaKey.Guid) key).value();
        String about = "fetch " + key;
        Schema schema = documents.parse(http.send("GET", path, Optional.empty(), about), key.toString());
        schemas.put(key, schema);
        return schema;
    }

    /**
     * The schema that a record was written with, if it is remembered. Never blocks.
     *
     * @param key as found in the record
     * @return empty if {@link #schema} would have to ask the registry
     */
    public Optional<Schema> cached(SchemaKey key) {
        return schemas.get(key);
    }

    /**
     * Remembers a schema that was learned elsewhere, such as from a copy on disk. Never blocks.
     *
     * @param key the registry's name of it
     * @param schema the schema, complete
     */
    public void remember(SchemaKey key, Schema schema) {
        schemas.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(schema, "schema"));
    }

    /**
     * The latest version of a subject, asked for each time.
     *
     * @param subject the subject
     * @return empty if the subject does not exist
     */
    public Optional<RegisteredSchema> latest(String subject) {
        String about = "fetch the latest version of " + subject;
        String path = "/subjects/" + escape(subject) + "/versions/latest";
        return unlessUnknown(() -> registered(subject, http.send("GET", path, Optional.empty(), about), about));
    }

    /**
     * All versions of a subject, oldest first, asked for each time. Their schemas are remembered by id afterwards, so that {@link #cached} finds
     * them.
     *
     * @param subject the subject
     * @return empty if the subject does not exist
     */
    public List<RegisteredSchema> versions(String subject) {
        String about = "list the versions of " + subject;
        String path = "/subjects/" + escape(subject) + "/versions";
        JsonNode numbers = unlessUnknown(() -> http.send("GET", path, Optional.empty(), about))
                .orElseGet(() -> http.json().createArrayNode());
        List<RegisteredSchema> versions = new ArrayList<>();
        for (JsonNode number : numbers) {
            JsonNode document = versionDocument(subject, number.asInt());
            versions.add(registered(subject, document, about));
        }
        return List.copyOf(versions);
    }

    /**
     * Sets what the registry demands of the next schema of a subject. The subject need not exist yet.
     *
     * @param subject the subject
     * @param level the level from now on
     */
    public void setCompatibility(String subject, CompatibilityLevel level) {
        ObjectNode body = http.json().createObjectNode().put("compatibility", level.name());
        http.send(
                "PUT",
                "/config/" + escape(subject),
                Optional.of(body),
                "set the compatibility of " + subject + " to " + level);
    }

    /**
     * Asks whether a schema could be registered, without registering it.
     *
     * @param subject the subject
     * @param schema the schema, complete
     * @return compatible, too, if the subject does not exist
     */
    public Compatibility compatibility(String subject, Schema schema) {
        String about = "test " + schema.getFullName() + " against the versions of " + subject;
        String path = "/compatibility/subjects/" + escape(subject) + "/versions?verbose=true" + normalize("&");
        return unlessUnknown(() -> verdict(http.send("POST", path, Optional.of(body(schema)), about), about))
                .orElseGet(() -> new Compatibility(true, List.of()));
    }

    private static Compatibility verdict(JsonNode answer, String about) {
        JsonNode compatible = answer.path("is_compatible");
        if (!compatible.isBoolean()) {
            throw nonsense(about, answer);
        }
        List<String> reasons = new ArrayList<>();
        answer.path("messages").forEach(message -> reasons.add(message.asText()));
        return new Compatibility(compatible.booleanValue(), compatible.booleanValue() ? List.of() : reasons);
    }

    private JsonNode versionDocument(String subject, int version) {
        String path = "/subjects/" + escape(subject) + "/versions/" + version;
        return http.send("GET", path, Optional.empty(), "fetch version " + version + " of " + subject);
    }

    private RegisteredSchema registered(String subject, JsonNode document, String about) {
        int id = id(document, about);
        Schema schema = schemas.get(new SchemaKey.Id(id))
                .orElseGet(() -> documents.parse(
                        document, "version " + document.path("version").asInt() + " of " + subject));
        schemas.put(new SchemaKey.Id(id), schema);
        return new RegisteredSchema(subject, document.path("version").asInt(), id, schema);
    }

    private int remember(SubjectAndSchema key, int id) {
        ids.put(key, id);
        return id;
    }

    private static int id(JsonNode answer, String about) {
        if (!answer.path("id").isInt()) {
            throw nonsense(about, answer);
        }
        return answer.path("id").intValue();
    }

    private static RegistryUnavailableException nonsense(String about, JsonNode answer) {
        return new RegistryUnavailableException("The schema registry's answer to: " + about + " is not one: "
                + RegistryAnswers.excerpt(answer.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static <V> Optional<V> unlessUnknown(Supplier<V> question) {
        try {
            return Optional.of(question.get());
        } catch (RegistryRejectedException e) {
            return switch (e.kind()) {
                case UNKNOWN_SUBJECT, UNKNOWN_SCHEMA -> Optional.empty();
                default -> throw e;
            };
        }
    }

    private JsonNode body(Schema schema) {
        return http.json().createObjectNode().put("schema", schema.toString());
    }

    private String normalize(String separator) {
        return config.normalize() ? separator + "normalize=true" : "";
    }

    /** For one segment of a path, where a space is %20. */
    private static String escape(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Ends the connections. Calls that are under way may fail. */
    @Override
    public void close() {
        http.close();
    }

    /** Shows the URLs, without any credentials. */
    @Override
    public String toString() {
        return "SchemaRegistryClient" + config.endpoints();
    }
}
