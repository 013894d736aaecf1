package dev.standing.gateway.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** What is on its way to processors. Safe for use by many threads. */
sealed interface Question permits Inquiry, Survey {

    /** Asks the first; once. */
    void begin();

    /** The answer, which is never exceptional; whoever completes it ends the question. */
    CompletableFuture<QueryAnswer<JsonNode>> answer();

    /** Ends it with this answer, unless there is one. */
    void end(QueryAnswer<JsonNode> given);
}
