package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** Calls what answers JSON at one base URL. Safe for use by many threads. */
final class RestClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final String url;

    RestClient(String url) {
        this.url = url;
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

    Answered get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answered post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    }

    private Answered send(HttpRequest.Builder request) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        HttpResponse<String> response =
                http.send(request.header("X-Request-Id", id).build(), BodyHandlers.ofString());
        // A gateway says to whom it answers; a processor does not.
        assertThat(response.headers().firstValue("X-Request-Id").orElse(id))
                .as("who is answered with %s", response.body())
                .isEqualTo(id);
        return new Answered(response, MAPPER.readTree(response.body()));
    }
}
