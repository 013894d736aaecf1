package dev.standing.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registry until it answers: every URL in turn, beginning with the one that answered last, and all of them again after a wait. Safe for
 * use by many threads.
 */
final class RegistryHttp {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistryConfig config;
    private final HttpClient http;
    private final Pause pause;
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger preferred = new AtomicInteger();

    RegistryHttp(RegistryConfig config, Pause pause) {
        this.config = config;
        this.http = config.httpClient();
        this.pause = pause;
    }

    /** What one URL said, if anything. */
    private sealed interface Outcome {

        /** An answer that stands, good or bad. */
        record Answered(int status, JsonNode body) implements Outcome {}

        /** Nothing that could be used: another URL, or another time. */
        record Failed(String why, OptionalLong retryAfterMillis, Optional<Throwable> cause) implements Outcome {}
    }

    /**
     * Sends a request.
     *
     * @param method the HTTP method
     * @param path begins with a slash, escaped; may have a query
     * @param body sent as JSON; empty: none
     * @param about what is asked for, for messages
     * @return the body of a successful answer
     * @throws RegistryUnavailableException if no URL gave an answer
     * @throws RegistryRejectedException if the answer is no
     */
    JsonNode send(String method, String path, Optional<JsonNode> body, String about) {
        List<RegistryEndpoint> endpoints = config.endpoints();
        Outcome.Failed last = null;
        for (int round = 0; round <= config.retryPolicy().retries(); round++) {
            if (last != null) {
                pause(config.retryPolicy().pauseMillis(round - 1, last.retryAfterMillis()), about, last);
            }
            int first = preferred.get();
            for (int i = 0; i < endpoints.size(); i++) {
                int index = (first + i) % endpoints.size();
                Outcome outcome = attempt(endpoints.get(index), method, path, body, about);
                if (outcome instanceof Outcome.Answered answer) {
                    preferred.set(index);
                    return accepted(answer, endpoints.get(index), about);
                }
                last = (Outcome.Failed) outcome;
                LOG.debug("{}: {}", about, last.why());
            }
        }
        throw unavailable(about, last);
    }

    private RegistryUnavailableException unavailable(String about, Outcome.Failed last) {
        String message = "The schema registry " + config.endpoints() + " gave no answer to: " + about
                + ". The last try: " + last.why();
        return last.cause()
                .map(cause -> new RegistryUnavailableException(message, cause))
                .orElseGet(() -> new RegistryUnavailableException(message));
    }

    private void pause(long millis, String about, Outcome.Failed last) {
        LOG.warn("The schema registry gave no answer to: {} ({}). Trying again in {} ms.", about, last.why(), millis);
        try {
            pause.await(millis);
        } catch (InterruptedException e) {
            throw interrupted(about, e);
        }
    }

    private static RegistryUnavailableException interrupted(String about, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new RegistryUnavailableException("Interrupted while asking the schema registry: " + about, cause);
    }

    /**
     * Asks one URL once. The time allowed covers the body, too: {@link HttpRequest.Builder#timeout} alone ends with the headers, and a registry
     * that hangs after them would hang the caller.
     */
    private Outcome attempt(
            RegistryEndpoint endpoint, String method, String path, Optional<JsonNode> body, String about) {
        HttpRequest.Builder request = endpoint.request(path, config.requestTimeout());
        if (body.isPresent()) {
            request.header("Content-Type", CONTENT_TYPE)
                    .method(method, BodyPublishers.ofString(body.get().toString(), StandardCharsets.UTF_8));
        } else {
            request.method(method, BodyPublishers.noBody());
        }
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request.build(), BodyHandlers.ofByteArray());
        try {
            long millis = config.requestTimeout().toMillis();
            return outcome(endpoint, response.get(millis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            response.cancel(true);
            return failed(
                    endpoint, "no answer within " + config.requestTimeout().toMillis() + " ms", e);
        } catch (ExecutionException e) {
            return failed(endpoint, e.getCause().toString(), e.getCause());
        } catch (InterruptedException e) {
            response.cancel(true);
            throw interrupted(about, e);
        }
    }

    private static Outcome failed(RegistryEndpoint endpoint, String why, Throwable cause) {
        return new Outcome.Failed(endpoint + ": " + why, OptionalLong.empty(), Optional.of(cause));
    }

    private Outcome outcome(RegistryEndpoint endpoint, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == 408 || status == 429 || status >= 500) {
            String why = endpoint + ": HTTP " + status + " " + RegistryAnswers.excerpt(response.body());
            return new Outcome.Failed(why, RegistryAnswers.retryAfterMillis(response.headers()), Optional.empty());
        }
        try {
            return new Outcome.Answered(status, json.readTree(response.body()));
        } catch (IOException e) {
            if (status >= 300) {
                return new Outcome.Answered(status, json.missingNode());
            }
            // A proxy's page, or an answer that was cut off: nothing was said about the schema.
            return failed(
                    endpoint, "HTTP " + status + ", but not JSON: " + RegistryAnswers.excerpt(response.body()), e);
        }
    }

    private static JsonNode accepted(Outcome.Answered answer, RegistryEndpoint endpoint, String about) {
        if (answer.status() >= 200 && answer.status() < 300) {
            return answer.body();
        }
        throw RegistryAnswers.rejection(answer.status(), answer.body(), endpoint, about);
    }

    /** An object to fill and send. */
    ObjectMapper json() {
        return json;
    }

    /** Ends the connections where the JDK can (from 21 on); otherwise they end by themselves when they are idle. */
    @SuppressWarnings("try")
    void close() {
        if ((Object) http instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.warn("The connections to the schema registry could not be closed", e);
            }
        }
    }
}
