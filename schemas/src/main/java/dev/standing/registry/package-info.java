/**
 * A client of Confluent's Schema Registry REST API, for any registry that speaks it.
 *
 * <p>{@link dev.standing.registry.SchemaRegistryClient} is the way in. It answers, or says which of two things went wrong: the registry said no
 * ({@link dev.standing.registry.RegistryRejectedException}), or no answer is to be had now
 * ({@link dev.standing.registry.RegistryUnavailableException}). The two must never be confused: a record whose schema cannot be fetched just
 * now is not a bad record.
 */
package dev.standing.registry;
