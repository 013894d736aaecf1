package dev.standing.gateway.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.log.RequestTag;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One query on its way through the processors: each is asked once, in turn, until one answers. */
final class Inquiry implements Question {

    private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

    /** More than a rebalance needs; a circle of processors that point to each other ends here. */
    private static final int MAX_REDIRECTS = 3;

    private static final int TEMPORARY_REDIRECT = 307;

    private final HttpClient client;
    private final String pathAndQuery;
    private final List<URI> processors;
    private final int first;
    private final Duration patience;
    private final QueryAnswer<JsonNode> nobody;
    private final CompletableFuture<QueryAnswer<JsonNode>> answer = new CompletableFuture<>();
    private final Optional<String> servedRequest = RequestTag.current();
    private volatile Optional<CompletableFuture<?>> exchange = Optional.empty();

    /**
     * A query.
     *
     * @param first the index of the processor to begin with; any number
     * @param patience how long each exchange may last
     * @param nobody what is answered if none of them answers
     */
    Inquiry(
            HttpClient client,
            String pathAndQuery,
            List<URI> processors,
            int first,
            Duration patience,
            QueryAnswer<JsonNode> nobody) {
        this.client = client;
        this.pathAndQuery = pathAndQuery;
        this.processors = processors;
        this.first = first;
        this.patience = patience;
        this.nobody = nobody;
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> answer() {
        return answer;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Cancelling cannot fail.
    public void begin() {
        answer.whenComplete((given, failure) -> cancelExchange());
        askProcessor(0);
    }

    @Override
    public void end(QueryAnswer<JsonNode> given) {
        answer.complete(given);
    }

    private void askProcessor(int asked) {
        if (asked == processors.size()) {
            end(nobody);
            return;
        }
        URI base = processors.get(Math.floorMod(first + asked, processors.size()));
        ask(URI.create(base + pathAndQuery), asked, 0);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whatever comes of it goes into the answer.
    private void ask(URI uri, int asked, int redirects) {
        if (answer.isDone()) {
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/json")
                .GET()
                .build();
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, BodyHandlers.ofByteArray());
        exchange = Optional.of(sent);
        if (answer.isDone()) {
            cancelExchange();
        }
        sent.copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> RequestTag.within(servedRequest, () -> {
                    if (failure == null) {
                        take(response, asked, redirects);
                    } else {
                        // One that timed out still goes on.
                        sent.cancel(true);
                        goOn(uri, asked, failure.toString());
                    }
                    return answer;
                }))
                .whenComplete((ignored, failure) -> {
                    if (failure != null) {
                        LOG.error("A query failed", failure);
                        end(nobody);
                    }
                });
    }

    private void take(HttpResponse<byte[]> response, int asked, int redirects) {
        Optional<URI> elsewhere = elsewhere(response);
        if (elsewhere.isPresent() && redirects < MAX_REDIRECTS) {
            ask(elsewhere.get(), asked, redirects + 1);
            return;
        }
        ProcessorAnswer.read(response)
                .ifPresentOrElse(this::end, () -> goOn(response.uri(), asked, "status " + response.statusCode()));
    }

    private void goOn(URI uri, int asked, String why) {
        LOG.debug("No answer from {}: {}", uri, why);
        askProcessor(asked + 1);
    }

    /** The URI that a processor points to; empty if it points nowhere, or not to HTTP. */
    private static Optional<URI> elsewhere(HttpResponse<byte[]> response) {
        if (response.statusCode() != TEMPORARY_REDIRECT) {
            return Optional.empty();
        }
        try {
            return response.headers().firstValue("Location").map(URI::create).filter(ProcessorAddress::isHttp);
        } catch (IllegalArgumentException e) {
            LOG.debug("{} points nowhere", response.uri(), e);
            return Optional.empty();
        }
    }

    private void cancelExchange() {
        exchange.ifPresent(sent -> sent.cancel(true));
    }
}
