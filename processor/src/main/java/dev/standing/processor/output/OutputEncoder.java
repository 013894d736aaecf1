package dev.standing.processor.output;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.mapping.EventChain;
import dev.standing.serde.AvroPayload;
import dev.standing.serde.WireFormat;

/** Encodes what the processor sends, once. Safe for use by many threads. */
public final class OutputEncoder {

    /** What brokers take by default, less room for key and headers. */
    private static final int MAX_VALUE_BYTES = 1_000_000;

    private final AvroPayload<CommandResult> results = new AvroPayload<>(CommandResult.class);
    private final AvroPayload<Customer> customers = new AvroPayload<>(Customer.class);
    private final OutputSchemas schemas;

    /** An encoder that writes with these schemas. */
    public OutputEncoder(OutputSchemas schemas) {
        this.schemas = schemas;
    }

    /** The record of an event: its payload as the chain has it. */
    public OutgoingRecord event(EventChain.Link link) {
        CustomerEvent event = link.event();
        return new OutgoingRecord(
                Sink.EVENTS, framed(schemas.event(), link.payload()), event.getEventId(), "dev.standing.CustomerEvent");
    }

    /** The record of a result. Its id is that of the command which is answered; in a replay, the result names the original one. */
    public OutgoingRecord result(CommandResult result, String commandId) {
        return new OutgoingRecord(
                Sink.RESULTS,
                framed(schemas.result(), results.encode(result)),
                commandId,
                "dev.standing.CommandResult");
    }

    /** The record of a customer's latest state. */
    public OutgoingRecord customer(Customer customer) {
        return new OutgoingRecord(
                Sink.CUSTOMERS,
                framed(schemas.customer(), customers.encode(customer)),
                customer.getCustomerId() + ":" + customer.getSequence(),
                "dev.standing.Customer");
    }

    private static byte[] framed(int schema, byte[] payload) {
        if (payload.length > MAX_VALUE_BYTES) {
            throw new OversizedRecordException(payload.length, MAX_VALUE_BYTES);
        }
        return WireFormat.frame(schema, payload);
    }
}
