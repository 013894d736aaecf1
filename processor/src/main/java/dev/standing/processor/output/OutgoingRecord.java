package dev.standing.processor.output;

import org.jspecify.annotations.Nullable;

/**
 * A record to send.
 *
 * @param sink where it goes
 * @param key the customerId, or for what is about an externalId, that; it decides on the partition
 * @param value encoded as the topic demands; null deletes what the key had
 * @param id what it is known by: {@code ce_id}
 * @param type what it is: {@code ce_type}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
public record OutgoingRecord(Sink sink, String key, byte @Nullable [] value, String id, String type) {}
