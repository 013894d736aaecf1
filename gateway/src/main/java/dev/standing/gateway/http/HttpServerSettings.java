package dev.standing.gateway.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How the HTTP server is to run.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0: any free one
 * @param tls empty: HTTP without TLS
 * @param maxBodyBytes the longest body of a request, in bytes
 * @param bodyMemoryBytes how much the bodies of requests together may hold at a time; the same for large answers
 * @param maxConnections the most connections at a time; who comes then waits for a place
 * @param maxThreads the most threads that read requests and write answers
 * @param idleTimeout how long a connection is kept on which nothing is sent, a body that stopped coming included; a request
 *     that waits for its answer is not idle
 * @param stopTimeout how long answers under way are waited for when the server stops
 */
public record HttpServerSettings(
        String host,
        int port,
        Optional<TlsFiles> tls,
        int maxBodyBytes,
        long bodyMemoryBytes,
        int maxConnections,
        int maxThreads,
        Duration idleTimeout,
        Duration stopTimeout) {}
