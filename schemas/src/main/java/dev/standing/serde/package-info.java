/**
 * Avro records as bytes, and back: in the Confluent wire format for topics, in Avro's single-object encoding for stores.
 *
 * <p>{@link dev.standing.serde.AvroPayload} is the one place that turns a record into Avro's binary encoding, over which the audit log's hash
 * chain is made; {@link dev.standing.serde.WireFormat} is the one place that frames it with the id of its schema. Bytes that nobody can decode
 * are an {@link dev.standing.serde.UndecodableRecordException}; a registry that cannot be reached never is.
 */
package dev.standing.serde;
