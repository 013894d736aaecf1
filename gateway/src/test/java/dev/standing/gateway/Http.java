package dev.standing.gateway;

import dev.standing.gateway.docs.ApiContract;
import dev.standing.gateway.docs.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A client of the gateway. Everything that it is answered must be as the OpenAPI document says. */
final class Http {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    Http(String url) {
        this.url = url;
    }

    /** Posts JSON. Headers are names and values in turn. */
    HttpResponse<String> post(String path, String json, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(BodyPublishers.ofString(json)), Optional.of(json));
    }

    /** Gets. Headers are names and values in turn. */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.GET());
    }

    /** Deletes. Headers are names and values in turn, at least one. */
    HttpResponse<String> delete(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path).headers(headers).DELETE());
    }

    /** Posts JSON, and waits for nothing. */
    CompletableFuture<HttpResponse<String>> postLater(String path, String json) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString())
                .thenApply(response -> documented(response, Optional.of(json)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request, Optional.empty());
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Optional<String> sent)
            throws IOException, InterruptedException {
        return documented(client.send(request.build(), BodyHandlers.ofString()), sent);
    }

    private static HttpResponse<String> documented(HttpResponse<String> response, Optional<String> sent) {
        ApiContract.get().check(Exchange.of(response, sent));
        return response;
    }
}
