/**
 * The schema registry behind {@link dev.standing.embedded.EmbeddedRegistry}: a log of records on a topic, the state
 * that they add up to, the decisions on it, and HTTP.
 *
 * <p>{@code SchemaRegistry} decides and appends records; {@code RegistryState} alone applies them, and only when they
 * were read back from the topic.
 */
package dev.standing.embedded.registry;
