package dev.standing.embedded.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.embedded.registry.RegistryRecord.Ignored;
import dev.standing.embedded.registry.RegistryRecord.LevelSet;
import dev.standing.embedded.registry.RegistryRecord.SubjectDeleted;
import dev.standing.embedded.registry.RegistryRecord.VersionErased;
import dev.standing.embedded.registry.RegistryRecord.VersionWritten;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON in which Confluent's registry keeps its records in keys and values of {@code _schemas}. */
final class RecordFormat {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String KEY_TYPE = "keytype";
    private static final String SUBJECT = "subject";
    private static final String VERSION = "version";
    private static final String MAGIC = "magic";
    private static final String LEVEL = "compatibilityLevel";

    private static final String TYPE_SCHEMA = "SCHEMA";
    private static final String TYPE_CONFIG = "CONFIG";
    private static final String TYPE_DELETE_SUBJECT = "DELETE_SUBJECT";

    /** Confluent's version of the key of a schema, and of all other keys. */
    private static final int SCHEMA_MAGIC = 1;

    private static final int OTHER_MAGIC = 0;

    private RecordFormat() {}

    /**
     * A record as text.
     *
     * @param key the key, JSON
     * @param value the value, JSON; null deletes the key from the compacted topic
     */
    record Encoded(String key, @Nullable String value) {}

    /** As it is to be written; {@link Ignored} is never written. */
    static Encoded encode(RegistryRecord fact) {
        if (fact instanceof VersionWritten written) {
            SchemaVersion version = written.version();
            return encoded(schemaKey(version.subject(), version.version()), schemaValue(version));
        }
        if (fact instanceof VersionErased erased) {
            return new Encoded(schemaKey(erased.subject(), erased.version()).toString(), null);
        }
        if (fact instanceof SubjectDeleted deleted) {
            ObjectNode key = key(TYPE_DELETE_SUBJECT).put(SUBJECT, deleted.subject());
            ObjectNode value =
                    JSON.createObjectNode().put(SUBJECT, deleted.subject()).put(VERSION, deleted.upToVersion());
            return encoded(key.put(MAGIC, OTHER_MAGIC), value);
        }
        if (fact instanceof LevelSet set) {
            ObjectNode key =
                    key(TYPE_CONFIG).put(SUBJECT, set.subject().orElse(null)).put(MAGIC, OTHER_MAGIC);
            String value = set.level()
                    .map(level ->
                            JSON.createObjectNode().put(LEVEL, level.name()).toString())
                    .orElse(null);
            return new Encoded(key.toString(), value);
        }
        throw new IllegalArgumentException("not a record to write: " + fact);
    }

    /**
     * As it was read.
     *
     * @throws IllegalArgumentException if it is not JSON of the expected shape
     */
    static RegistryRecord decode(String key, @Nullable String value) {
        JsonNode keyNode = parse(key);
        String type = keyNode.path(KEY_TYPE).asText();
        return switch (type) {
            case TYPE_SCHEMA -> schema(keyNode, value);
            case TYPE_CONFIG -> level(keyNode, value);
            case TYPE_DELETE_SUBJECT -> subjectDeleted(keyNode, value);
            default -> new Ignored(type);
        };
    }

    private static ObjectNode key(String type) {
        return JSON.createObjectNode().put(KEY_TYPE, type);
    }

    private static ObjectNode schemaKey(String subject, int version) {
        return key(TYPE_SCHEMA).put(SUBJECT, subject).put(VERSION, version).put(MAGIC, SCHEMA_MAGIC);
    }

    private static ObjectNode schemaValue(SchemaVersion version) {
        ObjectNode value = JSON.createObjectNode()
                .put(SUBJECT, version.subject())
                .put(VERSION, version.version())
                .put("id", version.id());
        if (!version.content().references().isEmpty()) {
            ArrayNode references = value.putArray("references");
            version.content()
                    .references()
                    .forEach(reference -> references
                            .addObject()
                            .put("name", reference.name())
                            .put(SUBJECT, reference.subject())
                            .put(VERSION, reference.version()));
        }
        return value.put("schema", version.content().text()).put("deleted", version.deleted());
    }

    private static Encoded encoded(ObjectNode key, ObjectNode value) {
        return new Encoded(key.toString(), value.toString());
    }

    private static RegistryRecord schema(JsonNode key, @Nullable String value) {
        if (value == null) {
            return new VersionErased(text(key, SUBJECT), number(key, VERSION));
        }
        JsonNode node = parse(value);
        if (!"AVRO".equals(node.path("schemaType").asText("AVRO"))) {
            return new Ignored(TYPE_SCHEMA);
        }
        List<SchemaReference> references = new ArrayList<>();
        for (JsonNode reference : node.path("references")) {
            references.add(
                    new SchemaReference(text(reference, "name"), text(reference, SUBJECT), number(reference, VERSION)));
        }
        return new VersionWritten(new SchemaVersion(
                text(node, SUBJECT),
                number(node, VERSION),
                number(node, "id"),
                new SchemaContent(text(node, "schema"), references),
                node.path("deleted").asBoolean()));
    }

    private static RegistryRecord level(JsonNode key, @Nullable String value) {
        Optional<String> subject = Optional.ofNullable(key.path(SUBJECT).textValue());
        if (value == null) {
            return new LevelSet(subject, Optional.empty());
        }
        String name = text(parse(value), LEVEL);
        CompatibilityLevel level = CompatibilityLevel.named(name)
                .orElseThrow(() -> new IllegalArgumentException("unknown compatibility level " + name));
        return new LevelSet(subject, Optional.of(level));
    }

    private static RegistryRecord subjectDeleted(JsonNode key, @Nullable String value) {
        return value == null
                ? new Ignored(TYPE_DELETE_SUBJECT)
                : new SubjectDeleted(text(key, SUBJECT), number(parse(value), VERSION));
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + json, e);
        }
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).textValue();
        if (text == null) {
            throw new IllegalArgumentException("no text in " + field + " of " + node);
        }
        return text;
    }

    private static int number(JsonNode node, String field) {
        if (!node.path(field).canConvertToInt()) {
            throw new IllegalArgumentException("no number in " + field + " of " + node);
        }
        return node.path(field).intValue();
    }
}
