package dev.standing.processor.output;

/**
 * A record to send, keyed by its customer.
 *
 * @param sink where it goes
 * @param value in the wire format
 * @param id what it is known by: {@code ce_id}
 * @param type what it is: {@code ce_type}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
public record OutgoingRecord(Sink sink, byte[] value, String id, String type) {}
