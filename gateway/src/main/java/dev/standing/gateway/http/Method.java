package dev.standing.gateway.http;

/** What a route is asked to do. */
public enum Method {
    /** Reads, and changes nothing; HEAD asks for the same without the body. */
    GET,
    /** Writes what the body, a JSON document, says. */
    POST,
    /** Takes something away; there is no body. */
    DELETE;

    /** Whether a request has a body. */
    boolean hasBody() {
        return this == POST;
    }
}
