package dev.standing.local.imports.send;

import dev.standing.local.imports.input.Request;

/** Where requests go. */
@FunctionalInterface
public interface Gateway {

    /** Sends a request once, and waits for what comes of it. */
    Answer send(Request request, String requestId) throws InterruptedException;
}
