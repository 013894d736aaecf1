package dev.standing.embedded;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What the tests do as clients of a registry. */
record RegistryProbe(String url) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** The body of a request with a schema. */
    static String schema(String schema) {
        return JsonMapper.builder()
                .build()
                .createObjectNode()
                .put("schema", schema)
                .toString();
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    HttpResponse<String> delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    HttpResponse<String> post(String path, String body) {
        return send("POST", path, BodyPublishers.ofString(body));
    }

    HttpResponse<String> put(String path, String body) {
        return send("PUT", path, BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, body)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path + " was not answered", e);
        }
    }
}
