package dev.standing.gateway.http;

/** What goes wrong before a command reaches the processor, on the way back, or with a query. */
public enum ProblemCode {
    /** The request is malformed. */
    INVALID_REQUEST(400),
    /** Nobody says who sends the request, or not truly. */
    UNAUTHENTICATED(401),
    /** Whoever sends it may not do this. */
    FORBIDDEN(403),
    /** There is nothing at the path. */
    NOT_FOUND(404),
    /** What became of a request is not known: it is not decided yet, is forgotten, or never came. */
    UNKNOWN_REQUEST(404),
    /** The path does not know the method. */
    METHOD_NOT_ALLOWED(405),
    /** The body is longer than the gateway takes. */
    BODY_TOO_LARGE(413),
    /** The body is said to be something else than JSON in UTF-8. */
    UNSUPPORTED_MEDIA_TYPE(415),
    /** Whoever sends it asks too much, or too often. */
    TOO_MANY_REQUESTS(429),
    /** The gateway is at fault. */
    INTERNAL_ERROR(500),
    /** The command could not be handed over to Kafka, or not for certain; or no processor answers a query. */
    UNAVAILABLE(503);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
