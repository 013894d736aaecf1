package dev.standing.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is answered to one HTTP request.
 *
 * @param status the status code
 * @param headers headers besides those that every answer has; immutable
 * @param contentType the media type of the body
 * @param body the body; empty: none
 */
public record Answer(int status, Map<String, String> headers, String contentType, Optional<JsonNode> body) {

    private static final String JSON = "application/json";

    /** Keeps a copy of the headers. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** A JSON document. */
    public static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of(), JSON, Optional.of(body));
    }

    /** 204: done, and nothing to say. */
    public static Answer noContent() {
        return new Answer(204, Map.of(), JSON, Optional.empty());
    }

    /** 304: what the client has is still so. */
    public static Answer notModified() {
        return new Answer(304, Map.of(), JSON, Optional.empty());
    }

    /** A problem. */
    public static Answer problem(Problem problem) {
        return new Answer(problem.status(), Map.of(), Problem.CONTENT_TYPE, Optional.of(problem.toJson()));
    }

    /** This answer with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, contentType, body);
    }
}
