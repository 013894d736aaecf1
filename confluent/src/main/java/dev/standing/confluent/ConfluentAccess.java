package dev.standing.confluent;

import dev.standing.registry.Compatibility;
import dev.standing.registry.CompatibilityLevel;
import dev.standing.registry.RegistryAccess;
import dev.standing.registry.RegistryConfig;
import dev.standing.registry.RegistryRejectedException;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaDocument;
import dev.standing.registry.SchemaDocument.Reference;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaVersion;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaString;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Confluent's client.
 *
 * <p>Its {@link CachedSchemaRegistryClient} sets up TLS and the login, and the {@link RestService} beneath it is what is asked: what it knows is
 * remembered above this, "latest" must not be remembered, and a schema that is not one of Avro is to be told from a registry that is away, which
 * the former reports alike.
 */
final class ConfluentAccess implements RegistryAccess {

    private static final Logger LOG = LoggerFactory.getLogger(ConfluentAccess.class);

    /** Confluent's client's own, for an error without JSON: the registry said nothing. */
    private static final int NO_CODE = 50005;

    private final RegistryConfig config;
    private final RegistryAccess own;
    private final RestService rest;
    private final CachedSchemaRegistryClient client;

    ConfluentAccess(ConfluentSettings settings, RegistryConfig config, RegistryAccess own) {
        this.config = config;
        this.own = own;
        this.rest = new RestService(settings.urls());
        this.client = new CachedSchemaRegistryClient(rest, config.cacheSize(), settings.all());
    }

    /** Asks something. */
    @FunctionalInterface
    private interface Question<V> {
        V ask() throws IOException, RestClientException;
    }

    @Override
    public int register(String subject, Schema schema) {
        return ask(
                "register " + schema.getFullName() + " under the subject " + subject,
                () -> id(rest.registerSchema(schema.toString(), subject, config.normalize())
                        .getId()));
    }

    @Override
    public int lookUp(String subject, Schema schema) {
        return ask(
                "look up " + schema.getFullName() + " under the subject " + subject,
                () -> id(rest.lookUpSubjectVersion(schema.toString(), subject, config.normalize(), false)
                        .getId()));
    }

    @Override
    public SchemaDocument schema(SchemaKey key) {
        if (!(key instanceof SchemaKey.Id id)) {
            // Confluent's client has no call for a GUID before its version 8.
            return own.schema(key);
        }
        return ask("fetch " + key, () -> {
            SchemaString schema = rest.getId(id.value());
            return document(schema.getSchemaType(), schema.getSchemaString(), schema.getReferences());
        });
    }

    @Override
    public SchemaVersion latest(String subject) {
        return ask("fetch the latest version of " + subject, () -> version(rest.getLatestVersion(subject)));
    }

    @Override
    public List<Integer> versions(String subject) {
        return ask("list the versions of " + subject, () -> rest.getAllVersions(subject));
    }

    @Override
    public SchemaVersion version(String subject, int version) {
        return ask("fetch version " + version + " of " + subject, () -> version(rest.getVersion(subject, version)));
    }

    @Override
    public void setCompatibility(String subject, CompatibilityLevel level) {
        ask(
                "set the compatibility of " + subject + " to " + level,
                () -> rest.updateCompatibility(level.name(), subject));
    }

    @Override
    public Compatibility compatibility(String subject, Schema schema) {
        RegisterSchemaRequest request = new RegisterSchemaRequest();
        request.setSchema(schema.toString());
        List<String> reasons = ask(
                "test " + schema.getFullName() + " against the versions of " + subject,
                () -> rest.testCompatibility(request, subject, "", config.normalize(), true));
        return new Compatibility(reasons.isEmpty(), reasons);
    }

    private static SchemaVersion version(io.confluent.kafka.schemaregistry.client.rest.entities.Schema schema) {
        return new SchemaVersion(
                schema.getVersion(),
                id(schema.getId()),
                document(schema.getSchemaType(), schema.getSchema(), schema.getReferences()));
    }

    private static SchemaDocument document(String type, String text, List<SchemaReference> references) {
        return new SchemaDocument(
                Optional.ofNullable(type).orElse(SchemaDocument.AVRO),
                Optional.ofNullable(text),
                Optional.ofNullable(references).orElse(List.of()).stream()
                        .map(reference -> new Reference(reference.getSubject(), reference.getVersion()))
                        .toList());
    }

    /** What the answer does not have is 0, or null. */
    private static int id(Integer id) {
        if (id == null || id <= 0) {
            throw new IllegalStateException("the answer has no id");
        }
        return id;
    }

    /** Whatever is thrown that is not the registry's no says nothing about the schema: an answer that cannot be used, or a login that failed. */
    private <V> V ask(String about, Question<V> question) {
        try {
            return Optional.ofNullable(question.ask())
                    .orElseThrow(() -> new IllegalStateException("the answer is empty"));
        } catch (RestClientException e) {
            int status = e.getStatus();
            if (status == 408 || status == 429 || status >= 500) {
                throw unavailable(about, e);
            }
            int code = e.getErrorCode() == NO_CODE ? 0 : e.getErrorCode();
            throw RegistryRejectedException.answered(
                    status, code, e.getMessage(), config.urls().toString(), about);
        } catch (IOException | RuntimeException e) {
            throw unavailable(about, e);
        }
    }

    private RegistryUnavailableException unavailable(String about, Exception cause) {
        return new RegistryUnavailableException(
                "The schema registry " + config.urls() + " gave no answer to: " + about + ". The last try: " + cause,
                cause);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            LOG.warn("The connections to the schema registry could not be closed", e);
        }
    }
}
