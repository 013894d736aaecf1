package dev.standing.serde;

import dev.standing.registry.BoundedCache;
import dev.standing.registry.RegisteredSchema;
import dev.standing.registry.SchemaRegistryClient;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.errors.SerializationException;

/** Chooses the schema that records are written with, and knows its id. Safe for use by many threads. */
final class WriterSchemas {

    /**
     * What the records of one schema are written with in one topic.
     *
     * @param id the registry's id
     * @param conversion what their payload has to go through first; empty: the payload is right as it is
     */
    record Target(int id, Optional<PayloadConversion> conversion) {}

    private record Key(String topic, Schema schema) {}

    private final SchemaRegistryClient client;
    private final boolean isKey;
    private final BoundedCache<Key, Target> targets;

    WriterSchemas(SchemaRegistryClient client, boolean isKey) {
        this.client = client;
        this.isKey = isKey;
        this.targets = new BoundedCache<>(client.config().cacheSize());
    }

    /** Asks the registry the first time; its answer holds for as long as this lives. */
    Target target(String topic, Schema schema) {
        Key key = new Key(topic, schema);
        return targets.get(key).orElseGet(() -> {
            Target target = choose(client.config().subject(topic, isKey, schema.getFullName()), schema);
            targets.put(key, target);
            return target;
        });
    }

    /** As with Confluent's serializers, registering goes before using the latest version. */
    private Target choose(String subject, Schema schema) {
        if (client.config().autoRegister()) {
            return new Target(client.register(subject, schema), Optional.empty());
        }
        if (client.config().useLatest()) {
            return latest(subject, schema);
        }
        int id = client.lookUp(subject, schema).orElseThrow(() -> notRegistered(subject, schema));
        return new Target(id, Optional.empty());
    }

    private Target latest(String subject, Schema schema) {
        RegisteredSchema latest = client.latest(subject).orElseThrow(() -> notRegistered(subject, schema));
        if (SchemaNormalization.toParsingForm(latest.schema()).equals(SchemaNormalization.toParsingForm(schema))) {
            return new Target(latest.id(), Optional.empty());
        }
        SchemaCompatibility.SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), schema);
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new SerializationException("A " + schema.getFullName() + " cannot be written with version "
                    + latest.version() + " of the subject " + subject + ", which is its latest: "
                    + pair.getResult().getIncompatibilities());
        }
        return new Target(latest.id(), Optional.of(new PayloadConversion(schema, latest.schema())));
    }

    private static SerializationException notRegistered(String subject, Schema schema) {
        return new SerializationException("The schema of " + schema.getFullName()
                + " is not registered under the subject " + subject
                + ". Run ./standing topics first: it registers all schemas. (Or set auto.register.schemas=true.)");
    }
}
