package dev.standing.audit.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Asks a gateway over HTTP/1.1, again if it says so, but not for ever: a question is given up after some time, and all
 * that follow at once when nothing at all was answered for as long.
 */
public final class GatewayAnswers implements Answers {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final Set<Integer> AGAIN = Set.of(408, 425, 429, 502, 503, 504);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final Optional<String> authorization;
    private final Duration patience;
    private final HttpClient http;
    private final LongSupplier nanoTime;
    /** When the first of the questions was asked to which, as to all after it, there was no answer. */
    private final AtomicReference<Optional<Long>> silentSince = new AtomicReference<>(Optional.empty());

    /**
     * For one gateway.
     *
     * @param url without a slash at its end
     * @param authorization the header {@code Authorization}, if one is to be sent
     * @param patience how long a question is asked again; more than zero
     */
    public GatewayAnswers(String url, Optional<String> authorization, Duration patience) {
        this(url, authorization, patience, System::nanoTime);
    }

    GatewayAnswers(String url, Optional<String> authorization, Duration patience, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.url = url;
        this.authorization = authorization;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    @Override
    public Answer ask(String customerId, Instant knownAt) throws InterruptedException {
        HttpRequest request = request(customerId, knownAt);
        long begin = nanoTime.getAsLong();
        while (true) {
            Duration pause = PAUSE;
            String why;
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (!AGAIN.contains(response.statusCode())) {
                    silentSince.set(Optional.empty());
                    return answer(response);
                }
                pause = retryAfter(response);
                why = "It answers " + response.statusCode();
            } catch (IOException e) {
                why = "It does not answer: " + e;
            }
            // The time in which nothing was asked, since the log was read, is no silence.
            long since = silentSince
                    .updateAndGet(silent -> silent.or(() -> Optional.of(begin)))
                    .orElse(begin);
            if (nanoTime.getAsLong() - Math.min(begin, since) > patience.toNanos()) {
                return new Answer.Unavailable(why);
            }
            Thread.sleep(pause.toMillis());
        }
    }

    private HttpRequest request(String customerId, Instant knownAt) {
        String id = URLEncoder.encode(customerId, StandardCharsets.UTF_8).replace("+", "%20");
        HttpRequest.Builder get = HttpRequest.newBuilder(
                        URI.create(url + "/v1/customers/" + id + "?knownAt=" + knownAt))
                .timeout(patience.compareTo(ANSWER) < 0 ? patience : ANSWER);
        authorization.ifPresent(value -> get.header("Authorization", value));
        return get.build();
    }

    private static Answer answer(HttpResponse<String> response) {
        String told = "It answers " + response.statusCode() + " " + response.body();
        if (response.statusCode() != OK) {
            return new Answer.Refused(told);
        }
        try {
            return new Answer.Told(JSON.readTree(response.body()));
        } catch (JsonProcessingException e) {
            return new Answer.Refused(told);
        }
    }

    private static Duration retryAfter(HttpResponse<String> response) {
        // A date is allowed too (RFC 9110, 10.2.3), but then the pause of our own will do.
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(asked -> asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked)
                .orElse(PAUSE);
    }
}
