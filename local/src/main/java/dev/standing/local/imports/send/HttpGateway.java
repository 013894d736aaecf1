package dev.standing.local.imports.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.standing.local.imports.input.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A gateway at a URL, over HTTP/1.1. */
public final class HttpGateway implements Gateway {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than a gateway waits for a result. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private static final String INTERNAL_ERROR = "INTERNAL_ERROR";
    private static final String UNAVAILABLE = "UNAVAILABLE";

    private static final Set<Integer> SUCCESS = Set.of(200, 201);
    private static final int SERVER_ERROR = 500;
    private static final Set<Integer> AGAIN = Set.of(202, 408, 425, 429);
    private static final Set<Integer> NOT_ALLOWED = Set.of(401, 403, 407);
    /** Codes of what is wrong with every request, not with this one. */
    private static final Set<String> OF_THE_PATH = Set.of("NOT_FOUND", "METHOD_NOT_ALLOWED", "UNSUPPORTED_MEDIA_TYPE");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final Optional<String> authorization;
    private final HttpClient http;

    /**
     * Makes one.
     *
     * @param url without a slash at its end
     * @param authorization the header {@code Authorization}, if one is to be sent
     */
    public HttpGateway(String url, Optional<String> authorization) {
        this.url = url;
        this.authorization = authorization;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    @Override
    public Answer send(Request request, String requestId) throws InterruptedException {
        HttpRequest.Builder post = HttpRequest.newBuilder(URI.create(url + request.path()))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", requestId)
                .POST(BodyPublishers.ofString(request.body()));
        authorization.ifPresent(value -> post.header("Authorization", value));
        try {
            return answer(http.send(post.build(), BodyHandlers.ofString()));
        } catch (ConnectException e) {
            return new Answer.Later(url + " cannot be reached", Optional.empty());
        } catch (HttpTimeoutException e) {
            return new Answer.Later(url + " did not answer: " + e, Optional.empty());
        } catch (IOException e) {
            return new Answer.Failed(UNAVAILABLE, url + " did not answer: " + e);
        }
    }

    private Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        JsonNode body = json(response.body());
        String told = url + " answers " + status + detail(body);
        String code = body.path("code").asText("");
        // Anything may answer 200: a proxy with a page of its own, for instance.
        if (SUCCESS.contains(status) && body.path("status").isTextual()) {
            return new Answer.Done(body.path("replayed").asBoolean());
        }
        if (status == SERVER_ERROR) {
            return new Answer.Failed(code.isEmpty() ? INTERNAL_ERROR : code, told);
        }
        if (AGAIN.contains(status) || status > SERVER_ERROR) {
            return new Answer.Later(told, retryAfter(response));
        }
        if (SUCCESS.contains(status) || NOT_ALLOWED.contains(status) || code.isEmpty() || OF_THE_PATH.contains(code)) {
            return new Answer.Hopeless(told);
        }
        return new Answer.Refused(
                code,
                Optional.ofNullable(body.path("field").textValue()),
                body.path("detail").asText(code));
    }

    private static String detail(JsonNode body) {
        String detail = body.path("detail").asText("");
        return detail.isEmpty() ? "" : ": " + detail;
    }

    private static Optional<Duration> retryAfter(HttpResponse<String> response) {
        // A date is allowed too (RFC 9110, 10.2.3), but then the pause of our own will do.
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
