/**
 * A real Kafka broker and a schema registry inside this JVM, for local use and for tests.
 *
 * <p>Nothing here is meant for production: one node, one copy of the data, no authentication, loopback only.
 */
package dev.standing.embedded;
