package dev.standing.processor.output;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.registry.SchemaKey;
import dev.standing.serde.AvroSerializer;
import dev.standing.serde.WireFormat;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The registry's ids of the schemas that the processor writes with.
 *
 * @param event of {@link CustomerEvent}
 * @param result of {@link CommandResult}
 * @param customer of {@link Customer}
 * @param externalId of {@link ExternalIdClaim}
 * @param subordinateUpdate of {@link SubordinateUpdate}
 */
public record OutputSchemas(int event, int result, int customer, int externalId, int subordinateUpdate) {

    /**
     * Asks the registry for them, once and for all: deciding does not hang on the registry.
     *
     * @throws dev.standing.registry.RegistryUnavailableException if the registry cannot be reached
     * @throws org.apache.kafka.common.errors.SerializationException if a schema is not registered
     */
    public static OutputSchemas lookUp(TopicCatalogue topics, AvroSerializer<SpecificRecord> serializer) {
        return new OutputSchemas(
                id(serializer, topics.events(), CustomerEvent.getClassSchema()),
                id(serializer, topics.results(), CommandResult.getClassSchema()),
                id(serializer, topics.customers(), Customer.getClassSchema()),
                id(serializer, topics.externalIds(), ExternalIdClaim.getClassSchema()),
                id(serializer, topics.subordinateUpdates(), SubordinateUpdate.getClassSchema()));
    }

    private static int id(AvroSerializer<SpecificRecord> serializer, TopicDefinition topic, Schema schema) {
        byte[] prefix = serializer.frame(topic.name(), schema, new byte[0]);
        return ((SchemaKey.Id) WireFormat.read(prefix).schema()).value();
    }
}
