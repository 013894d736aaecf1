package dev.standing.gateway.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.domain.command.RejectionCode;
import dev.standing.gateway.http.ProblemCode;
import dev.standing.gateway.json.MalformedJsonException;
import dev.standing.gateway.json.StrictJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds of every answer, whatever was asked. */
final class AnswerRules {

    private static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store|no-cache",
            "Content-Security-Policy", "default-src 'none';.*",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "X-Request-Id", "[A-Za-z0-9._-]{1,64}");

    /** What tells how the gateway is made. */
    private static final Pattern INSIDES = Pattern.compile(
            "Exception|\\bjava[.x]|\\bat \\w+\\.|org\\.eclipse|fasterxml|Jetty|Javalin|dev\\.standing|Feature|type `|\\$\\w+\\(");

    private static final Set<String> CODES = Stream.of(
                    Arrays.stream(ProblemCode.values()).map(Enum::name),
                    Arrays.stream(RejectionCode.values()).map(Enum::name),
                    Stream.of("UNKNOWN_REQUEST"))
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());

    private AnswerRules() {}

    /**
     * What is wrong with an answer; empty: nothing.
     *
     * @param secrets what must not be in it
     */
    static List<String> broken(RawAnswer answer, List<String> secrets) {
        List<String> broken = new ArrayList<>();
        if (answer.status() >= 500 && answer.status() != 503) {
            broken.add("the gateway says that it is at fault");
        }
        HEADERS.forEach((name, pattern) -> {
            List<String> values = answer.headers().getOrDefault(name, List.of());
            if (values.size() != 1 || !Pattern.matches(pattern, values.get(0))) {
                broken.add(name + " is " + values);
            }
        });
        if (answer.headers().containsKey("X-Injected")) {
            broken.add("a header was injected");
        }
        if (answer.headers().containsKey("Server")) {
            broken.add("the server is named");
        }
        // An id is given back as it was given: that is what it is for.
        String head = answer.head()
                .lines()
                .filter(line -> !line.startsWith("X-Request-Id: "))
                .collect(Collectors.joining("\n"));
        String text = head + answer.text();
        secrets.stream().filter(text::contains).forEach(secret -> broken.add("it tells the secret " + secret));
        broken.addAll(body(answer));
        return broken;
    }

    private static List<String> body(RawAnswer answer) {
        List<String> broken = new ArrayList<>();
        boolean isJson = answer.mediaType().endsWith("json");
        if (answer.body().length == 0 || !isJson) {
            if (answer.status() >= 400 && answer.body().length > 0) {
                broken.add("a refusal is no problem document");
            }
            return broken;
        }
        try {
            JsonNode document = StrictJson.parse(answer.body());
            if (answer.status() >= 400 && !answer.mediaType().equals("application/problem+json")) {
                broken.add("a refusal is no problem document");
            }
            if (answer.mediaType().equals("application/problem+json")) {
                broken.addAll(problem(answer, document));
            } else {
                document.findValues("message").forEach(message -> broken.addAll(insides(message.asText())));
            }
        } catch (MalformedJsonException e) {
            broken.add("the body is no JSON: " + e.getMessage());
        }
        return broken;
    }

    private static List<String> problem(RawAnswer answer, JsonNode problem) {
        List<String> broken = new ArrayList<>(insides(problem.path("detail").asText()));
        if (!CODES.contains(problem.path("code").asText())) {
            broken.add("the code is unknown");
        }
        if (problem.path("status").asInt() != answer.status()) {
            broken.add("the status is another than in the body");
        }
        if (problem.path("code").asText().equals("INTERNAL_ERROR")) {
            broken.add("the gateway says that it is at fault");
        }
        return broken;
    }

    private static List<String> insides(String message) {
        return INSIDES.matcher(message).find() ? List.of("it tells how it is made: " + message) : List.of();
    }
}
