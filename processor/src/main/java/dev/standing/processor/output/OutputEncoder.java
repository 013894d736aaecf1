package dev.standing.processor.output;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.mapping.EventChain;
import dev.standing.registry.SchemaKey;
import dev.standing.serde.AvroPayload;
import dev.standing.serde.AvroSerializer;
import dev.standing.serde.WireFormat;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Encodes what the processor sends, once. Safe for use by many threads. */
public final class OutputEncoder {

    /** What brokers take by default, less room for key and headers. */
    private static final int MAX_VALUE_BYTES = 1_000_000;

    private final AvroPayload<CommandResult> results = new AvroPayload<>(CommandResult.class);
    private final AvroPayload<Customer> customers = new AvroPayload<>(Customer.class);
    private final int eventSchema;
    private final int resultSchema;
    private final int customerSchema;

    /**
     * An encoder for these topics. It asks the registry for the ids of the schemas now, and never again: deciding does
     * not hang on the registry.
     *
     * @throws dev.standing.registry.RegistryUnavailableException if the registry cannot be reached
     * @throws org.apache.kafka.common.errors.SerializationException if a schema is not registered
     */
    public OutputEncoder(TopicCatalogue topics, AvroSerializer<SpecificRecord> serializer) {
        eventSchema = schemaId(serializer, topics.events(), CustomerEvent.getClassSchema());
        resultSchema = schemaId(serializer, topics.results(), CommandResult.getClassSchema());
        customerSchema = schemaId(serializer, topics.customers(), Customer.getClassSchema());
    }

    public OutgoingRecord event(EventChain.Link link) {
        CustomerEvent event = link.event();
        return new OutgoingRecord(
                Sink.EVENTS, framed(eventSchema, link.payload()), event.getEventId(), "dev.standing.CustomerEvent");
    }

    /** The id is that of the command which is answered; in a replay, the result names the original one. */
    public OutgoingRecord result(CommandResult result, String commandId) {
        return new OutgoingRecord(
                Sink.RESULTS, framed(resultSchema, results.encode(result)), commandId, "dev.standing.CommandResult");
    }

    public OutgoingRecord customer(Customer customer) {
        return new OutgoingRecord(
                Sink.CUSTOMERS,
                framed(customerSchema, customers.encode(customer)),
                customer.getCustomerId() + ":" + customer.getSequence(),
                "dev.standing.Customer");
    }

    private static byte[] framed(int schema, byte[] payload) {
        if (payload.length > MAX_VALUE_BYTES) {
            throw new OversizedRecordException(payload.length, MAX_VALUE_BYTES);
        }
        return WireFormat.frame(schema, payload);
    }

    private static int schemaId(AvroSerializer<SpecificRecord> serializer, TopicDefinition topic, Schema schema) {
        byte[] prefix = serializer.frame(topic.name(), schema, new byte[0]);
        return ((SchemaKey.Id) WireFormat.read(prefix).schema()).value();
    }
}
