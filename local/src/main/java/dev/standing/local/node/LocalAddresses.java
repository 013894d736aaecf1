package dev.standing.local.node;

/**
 * Where everything on one machine is reached.
 *
 * @param http the URL of the gateway
 * @param kafka host and port of the broker
 * @param registry the URL of the schema registry
 */
public record LocalAddresses(String http, String kafka, String registry) {}
