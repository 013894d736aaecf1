package dev.standing.gateway.docs;

import java.util.Set;

/**
 * What the OpenAPI document says already and the gateway does not have yet. A test fails as soon as something of it is
 * there: then it is to be taken out here.
 */
final class StillToCome {

    /** Methods and paths. */
    static final Set<String> ROUTES = Set.of("GET /v1/events");

    /** Codes of the gateway. */
    static final Set<String> CODES = Set.of("UNKNOWN_REQUEST");

    /** Headers of answers that are not asked for yet. */
    static final Set<String> HEADERS = Set.of();

    /** Paths whose HEAD Javalin answers on its own, without asking whoever answers the GET. */
    static final Set<String> HEADS = Set.of();

    private StillToCome() {}
}
