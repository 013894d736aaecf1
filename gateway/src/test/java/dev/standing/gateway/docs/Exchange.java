package dev.standing.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Method;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request and its answer.
 *
 * @param path the path as it was sent, without the query
 * @param sent the body of the request; empty: none, or not to be looked at
 * @param headers those of the answer, whose names are found in any letter case
 * @param body that of the answer; empty: none
 */
public record Exchange(
        String method, String path, Optional<String> sent, int status, Map<String, List<String>> headers, String body) {

    /** Sorts the headers. */
    public Exchange {
        Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = sorted;
    }

    /** What was exchanged by Java's client. */
    public static Exchange of(HttpResponse<String> response, Optional<String> sent) {
        URI uri = response.request().uri();
        return new Exchange(
                response.request().method(),
                uri.getRawPath(),
                sent,
                response.statusCode(),
                response.headers().map(),
                response.body());
    }

    /** What an endpoint answered within the server. The body of the request counts as none if it is empty. */
    public static Exchange within(Method method, String path, String sent, Answer answer) {
        Map<String, List<String>> headers = new HashMap<>();
        answer.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        Optional<String> body = answer.document().map(JsonNode::toString);
        body.ifPresent(text -> headers.put("Content-Type", List.of(answer.contentType())));
        return new Exchange(
                method.name(),
                path,
                Optional.of(sent).filter(text -> !text.isEmpty()),
                answer.status(),
                headers,
                body.orElse(""));
    }

    /** The first value of a header of the answer. */
    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The media type of the answer without its parameters; empty: none. */
    Optional<String> mediaType() {
        return header("Content-Type").map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return method + " " + path + " answered " + status + " " + headers + "\n" + body;
    }
}
