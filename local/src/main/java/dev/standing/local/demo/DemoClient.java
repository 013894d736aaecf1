package dev.standing.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.gateway.access.KeyCredential;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Sends requests as any client would. */
final class DemoClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final Optional<KeyCredential> key;

    DemoClient(String url, Optional<KeyCredential> key) {
        this.url = url;
        this.key = key;
    }

    /**
     * Sends a request.
     *
     * @throws IllegalStateException if there is no answer, or it is not JSON
     */
    DemoAnswer send(DemoRequest request) {
        try {
            HttpResponse<String> response = http.send(toHttp(request), BodyHandlers.ofString());
            return new DemoAnswer(response.statusCode(), JSON.readTree(response.body()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The answer to " + request.line() + " is not JSON", e);
        } catch (IOException e) {
            throw new IllegalStateException(request.line() + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for an answer", e);
        }
    }

    /** The body with the key, which the demo does not show. */
    private JsonNode signed(JsonNode body) {
        JsonNode copy = body.deepCopy();
        if (key.isPresent() && copy.at("/params/api") instanceof ObjectNode api) {
            api.put("keyId", key.get().keyId()).put("credential", key.get().basic());
        }
        return copy;
    }

    private HttpRequest toHttp(DemoRequest request) throws JsonProcessingException {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(url + request.path())).timeout(PATIENCE);
        key.ifPresent(own -> builder.header("Authorization", own.basic()));
        if (request.body().isPresent()) {
            String body = JSON.writeValueAsString(signed(request.body().get()));
            builder.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return builder.build();
    }
}
