package dev.standing.gateway.http;

import java.nio.file.Path;

/**
 * Where TLS has its identity from. Both files are looked at about once a second, and followed when they change.
 *
 * @param certificate PEM: the certificate of the server, followed by those that it is vouched for by
 * @param key PEM: the private key that belongs to the certificate, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {}
