package dev.standing.local.node;

import dev.standing.gateway.access.KeyCredential;
import dev.standing.service.settings.ConnectionSettings;
import java.util.Optional;

/**
 * Where everything on one machine is reached.
 *
 * @param http the URL of the gateway
 * @param key what clients prove themselves with; empty: nobody is asked, or the settings name keys of their own
 * @param kafka host and port of the broker
 * @param registry the URL of the schema registry
 * @param connection how a client reaches Kafka and the registry, and what the topics are called
 */
public record LocalAddresses(
        String http, Optional<KeyCredential> key, String kafka, String registry, ConnectionSettings connection) {}
