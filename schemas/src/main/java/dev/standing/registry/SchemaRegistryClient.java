package dev.standing.registry;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * A client of Confluent's Schema Registry REST API. Safe for use by many threads.
 *
 * <p>Every call but {@link #cached} and {@link #remember} may block: as long as the configured timeouts, retries and waits allow. Every such call
 * throws {@link RegistryUnavailableException} if no URL gives an answer, and {@link RegistryRejectedException} if the answer is no. Schemas and
 * ids never change once they are given, so what was learned is remembered, as much of it as {@link RegistryConfig#CACHE_SIZE} allows. Another's
 * client can do the asking: see {@link RegistryAccessProvider}.
 */
public final class SchemaRegistryClient implements AutoCloseable {

    private record SubjectAndSchema(String subject, Schema schema) {}

    private final RegistryConfig config;
    private final RegistryAccess own;
    private final RegistryAccess access;
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
        this(configs, another());
    }

    private SchemaRegistryClient(Map<String, ?> configs, Optional<RegistryAccessProvider> another) {
        this(
                RegistryConfig.parse(configs, another.isPresent()),
                Thread::sleep,
                (config, own) -> another.map(provider -> provider.open(configs, config, own))
                        .orElse(own));
    }

    SchemaRegistryClient(RegistryConfig config, Pause pause) {
        this(config, pause, (same, own) -> own);
    }

    private SchemaRegistryClient(
            RegistryConfig config, Pause pause, BiFunction<RegistryConfig, RegistryAccess, RegistryAccess> choice) {
        this.config = config;
        this.own = new RestAccess(config, pause);
        this.access = choice.apply(config, own);
        this.documents = new SchemaDocuments(access::version);
        this.schemas = new BoundedCache<>(config.cacheSize());
        this.ids = new BoundedCache<>(config.cacheSize());
    }

    private static Optional<RegistryAccessProvider> another() {
        return ServiceLoader.load(RegistryAccessProvider.class, SchemaRegistryClient.class.getClassLoader())
                .findFirst();
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
        return remember(key, access.register(subject, schema));
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
        return unlessUnknown(() -> remember(key, access.lookUp(subject, schema)));
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
        Schema schema = documents.parse(access.schema(key), key.toString());
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
        return unlessUnknown(() -> registered(subject, access.latest(subject)));
    }

    /**
     * All versions of a subject, oldest first, asked for each time. Their schemas are remembered by id afterwards, so that {@link #cached} finds
     * them.
     *
     * @param subject the subject
     * @return empty if the subject does not exist
     */
    public List<RegisteredSchema> versions(String subject) {
        return unlessUnknown(() -> access.versions(subject)).orElseGet(List::of).stream()
                .map(version -> registered(subject, access.version(subject, version)))
                .toList();
    }

    /**
     * Sets what the registry demands of the next schema of a subject. The subject need not exist yet.
     *
     * @param subject the subject
     * @param level the level from now on
     */
    public void setCompatibility(String subject, CompatibilityLevel level) {
        access.setCompatibility(subject, level);
    }

    /**
     * Asks whether a schema could be registered, without registering it.
     *
     * @param subject the subject
     * @param schema the schema, complete
     * @return compatible, too, if the subject does not exist
     */
    public Compatibility compatibility(String subject, Schema schema) {
        return unlessUnknown(() -> access.compatibility(subject, schema))
                .orElseGet(() -> new Compatibility(true, List.of()));
    }

    private RegisteredSchema registered(String subject, SchemaVersion version) {
        SchemaKey id = new SchemaKey.Id(version.id());
        Schema schema = schemas.get(id)
                .orElseGet(() -> documents.parse(version.document(), "version " + version.number() + " of " + subject));
        schemas.put(id, schema);
        return new RegisteredSchema(subject, version.number(), version.id(), schema);
    }

    private int remember(SubjectAndSchema key, int id) {
        ids.put(key, id);
        return id;
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

    /** Ends the connections. Calls that are under way may fail. */
    @Override
    public void close() {
        own.close();
        if (access != own) {
            access.close();
        }
    }

    /** Shows the URLs, without any credentials. */
    @Override
    public String toString() {
        return "SchemaRegistryClient" + config.endpoints();
    }
}
