package dev.standing.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is answered to one HTTP request.
 *
 * @param status the status code
 * @param headers headers besides those that every answer has; immutable
 * @param contentType the media type of the body
 * @param body the body
 */
public record Answer(int status, Map<String, String> headers, String contentType, Body body) {

    private static final String JSON = "application/json";

    /** Keeps a copy of the headers. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** A JSON document. */
    public static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of(), JSON, new Body.Json(body));
    }

    /** 204: done, and nothing to say. */
    public static Answer noContent() {
        return new Answer(204, Map.of(), JSON, new Body.Empty());
    }

    /** 304: what the client has is still so. */
    public static Answer notModified() {
        return new Answer(304, Map.of(), JSON, new Body.Empty());
    }

    /** A problem. */
    public static Answer problem(Problem problem) {
        return new Answer(problem.status(), Map.of(), Problem.CONTENT_TYPE, new Body.Json(problem.toJson()));
    }

    /** Bytes of a media type. */
    public static Answer bytes(String contentType, byte[] bytes) {
        return new Answer(200, Map.of(), contentType, new Body.Bytes(bytes));
    }

    /** Text of a media type that goes on as it comes up. */
    public static Answer stream(String contentType, Consumer<OpenStream> begin) {
        return new Answer(200, Map.of(), contentType, new Body.Stream(begin));
    }

    /** The JSON document of the body; empty if it is something else. */
    public Optional<JsonNode> document() {
        return body instanceof Body.Json json ? Optional.of(json.document()) : Optional.empty();
    }

    /** This answer with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, contentType, body);
    }
}
