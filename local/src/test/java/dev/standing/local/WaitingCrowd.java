package dev.standing.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Clients who register a customer each, on a connection each, and wait; no thread waits with them. */
final class WaitingCrowd implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int THREADS = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpClient http =
            HttpClient.newBuilder().version(Version.HTTP_1_1).executor(threads).build();
    private final List<CompletableFuture<Told>> told = new ArrayList<>();
    private final String url;

    WaitingCrowd(String url) {
        this.url = url;
    }

    /** What a client was answered. */
    record Told(String requestId, int status, Optional<String> location, Optional<String> retryAfter, JsonNode body) {}

    /** So many more clients come. */
    void come(int clients) {
        for (int client = 0; client < clients; client++) {
            told.add(registered(told.size()));
        }
    }

    private CompletableFuture<Told> registered(int number) {
        String requestId = "r-" + number;
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/customers"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"requestId\":\"%s\",\"customerId\":\"c-%d\"}".formatted(requestId, number)))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(response -> told(requestId, response));
    }

    private static Told told(String requestId, HttpResponse<String> response) {
        try {
            return new Told(
                    requestId,
                    response.statusCode(),
                    response.headers().firstValue("Location"),
                    response.headers().firstValue("Retry-After"),
                    MAPPER.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many do not wait any more. */
    long answered() {
        return told.stream().filter(CompletableFuture::isDone).count();
    }

    /** What those got who do not wait any more, for people. */
    List<String> soFar() {
        return told.stream()
                .filter(CompletableFuture::isDone)
                .map(each -> each.handle((answer, failure) -> failure == null ? answer.toString() : failure.toString())
                        .join())
                .toList();
    }

    /** What all were told, in the order in which they came; fails if one was told nothing. */
    List<Told> everyAnswer() {
        return told.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
