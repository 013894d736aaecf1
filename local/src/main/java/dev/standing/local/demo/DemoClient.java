package dev.standing.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends requests as any client would. */
final class DemoClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    DemoClient(String url) {
        this.url = url;
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

    private HttpRequest toHttp(DemoRequest request) throws JsonProcessingException {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(url + request.path())).timeout(PATIENCE);
        if (request.body().isPresent()) {
            String body = JSON.writeValueAsString(request.body().get());
            builder.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return builder.build();
    }
}
