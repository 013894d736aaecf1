package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.standing.gateway.docs.ApiContract;
import dev.standing.gateway.docs.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Calls what answers at one base URL. Whatever a gateway answers has to be as its OpenAPI document says. Safe for use by
 * many threads.
 */
final class RestClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final String url;
    private final List<String> headers;

    RestClient(String url) {
        this(url, List.of());
    }

    private RestClient(String url, List<String> headers) {
        this.url = url;
        this.headers = headers;
    }

    /** A client that sends one header more. */
    RestClient with(String name, String value) {
        return new RestClient(
                url, Stream.concat(headers.stream(), Stream.of(name, value)).toList());
    }

    /** What was answered. */
    record Answered(HttpResponse<String> response, JsonNode body) {

        int status() {
            return response.statusCode();
        }

        /** A header that must be there. */
        String header(String name) {
            return response.headers().firstValue(name).orElseThrow(() -> new AssertionError(name + " in " + this));
        }

        /** The member of the body; null if it is not there. */
        String text(String member) {
            return body.path(member).textValue();
        }
    }

    /** Gets. Headers are names and values in turn. */
    Answered get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET(), Optional.empty());
    }

    /** Posts JSON. Headers are names and values in turn. */
    Answered post(String path, String json, String... headers) throws IOException, InterruptedException {
        return send(
                request(path, headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)),
                Optional.of(json));
    }

    /** Deletes. Headers are names and values in turn. */
    Answered delete(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).DELETE(), Optional.empty());
    }

    private HttpRequest.Builder request(String path, String... more) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
        String[] all = Stream.concat(headers.stream(), Arrays.stream(more)).toArray(String[]::new);
        return all.length == 0 ? request : request.headers(all);
    }

    private Answered send(HttpRequest.Builder request, Optional<String> sent) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        HttpResponse<String> response =
                http.send(request.header("X-Request-Id", id).build(), BodyHandlers.ofString());
        Optional<String> answered = response.headers().firstValue("X-Request-Id");
        // A gateway says to whom it answers; a processor does not.
        if (answered.isPresent()) {
            assertThat(answered).as("who is answered with %s", response.body()).hasValue(id);
            ApiContract.get().check(Exchange.of(response, sent));
        }
        return new Answered(response, json(response));
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        boolean isJson = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
        return isJson ? MAPPER.readTree(response.body()) : MissingNode.getInstance();
    }
}
