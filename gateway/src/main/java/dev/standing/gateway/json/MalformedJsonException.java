package dev.standing.gateway.json;

/** A text that is no JSON document in UTF-8. The message is for the client, and tells where it goes wrong. */
public final class MalformedJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message, Throwable cause) {
        super(message, cause);
    }

    MalformedJsonException(String message) {
        super(message);
    }
}
