package dev.standing.processor.output;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.avro.internal.ClaimAnswer;
import dev.standing.avro.internal.ClaimOutcome;
import dev.standing.avro.internal.ClaimRequest;
import dev.standing.mapping.EventChain;
import dev.standing.serde.AvroPayload;
import dev.standing.serde.StoreCodec;
import dev.standing.serde.WireFormat;

/** Encodes what the processor sends, once. Safe for use by many threads. */
public final class OutputEncoder {

    /** What brokers take by default, less room for key and headers. */
    private static final int MAX_VALUE_BYTES = 1_000_000;

    private static final String EXTERNAL_ID_CLAIM = "dev.standing.ExternalIdClaim";

    private final AvroPayload<CommandResult> results = new AvroPayload<>(CommandResult.class);
    private final AvroPayload<Customer> customers = new AvroPayload<>(Customer.class);
    private final AvroPayload<SubordinateUpdate> updates = new AvroPayload<>(SubordinateUpdate.class);
    private final AvroPayload<ExternalIdClaim> claims = new AvroPayload<>(ExternalIdClaim.class);
    private final StoreCodec<ClaimRequest> requests = new StoreCodec<>(ClaimRequest.class);
    private final StoreCodec<ClaimAnswer> answers = new StoreCodec<>(ClaimAnswer.class);
    private final OutputSchemas schemas;

    /** An encoder that writes with these schemas. */
    public OutputEncoder(OutputSchemas schemas) {
        this.schemas = schemas;
    }

    /** The record of an event: its payload as the chain has it. */
    public OutgoingRecord event(EventChain.Link link) {
        CustomerEvent event = link.event();
        return new OutgoingRecord(
                Sink.EVENTS,
                event.getCustomerId(),
                framed(schemas.event(), link.payload()),
                event.getEventId(),
                "dev.standing.CustomerEvent");
    }

    /** The record of a result. Its id is that of the command which is answered; in a replay, the result names the original one. */
    public OutgoingRecord result(CommandResult result, String commandId) {
        return new OutgoingRecord(
                Sink.RESULTS,
                result.getCustomerId(),
                framed(schemas.result(), results.encode(result)),
                commandId,
                "dev.standing.CommandResult");
    }

    /** The record of a customer's latest state. */
    public OutgoingRecord customer(Customer customer) {
        return new OutgoingRecord(
                Sink.CUSTOMERS,
                customer.getCustomerId(),
                framed(schemas.customer(), customers.encode(customer)),
                customer.getCustomerId() + ":" + customer.getSequence(),
                "dev.standing.Customer");
    }

    /** The record of a subordinate's new state. */
    public OutgoingRecord update(SubordinateUpdate update) {
        return new OutgoingRecord(
                Sink.SUBORDINATE_UPDATES,
                update.getCustomerId(),
                framed(schemas.subordinateUpdate(), updates.encode(update)),
                update.getUpdateId(),
                "dev.standing.SubordinateUpdate");
    }

    /** The record of a claim that was granted. */
    public OutgoingRecord granted(ExternalIdClaim claim) {
        return new OutgoingRecord(
                Sink.EXTERNAL_IDS,
                claim.getExternalId(),
                framed(schemas.externalId(), claims.encode(claim)),
                claim.getCommandId(),
                EXTERNAL_ID_CLAIM);
    }

    /** The record of a claim that is given up. */
    public OutgoingRecord released(ExternalIdClaim claim) {
        return new OutgoingRecord(
                Sink.EXTERNAL_IDS, claim.getExternalId(), null, claim.getCommandId(), EXTERNAL_ID_CLAIM);
    }

    /** The record that asks for an externalId, or gives it up. */
    public OutgoingRecord request(ClaimRequest request) {
        return new OutgoingRecord(
                Sink.CLAIM_REQUESTS,
                request.getExternalId(),
                requests.encode(request),
                request.getCommandId(),
                "dev.standing.ClaimRequest");
    }

    /** The record that tells a registration how to go on. */
    public OutgoingRecord answer(ClaimAnswer answer) {
        return new OutgoingRecord(
                answer.getOutcome() == ClaimOutcome.NEXT ? Sink.NEXT_IN_LINE : Sink.CLAIM_ANSWERS,
                answer.getCustomerId(),
                answers.encode(answer),
                answer.getCommandId(),
                "dev.standing.ClaimAnswer");
    }

    private static byte[] framed(int schema, byte[] payload) {
        if (payload.length > MAX_VALUE_BYTES) {
            throw new OversizedRecordException(payload.length, MAX_VALUE_BYTES);
        }
        return WireFormat.frame(schema, payload);
    }
}
