package dev.standing.local.node;

import dev.standing.service.settings.ConnectionSettings;

/**
 * Where everything on one machine is reached.
 *
 * @param http the URL of the gateway
 * @param kafka host and port of the broker
 * @param registry the URL of the schema registry
 * @param connection how a client reaches Kafka and the registry, and what the topics are called
 */
public record LocalAddresses(String http, String kafka, String registry, ConnectionSettings connection) {}
