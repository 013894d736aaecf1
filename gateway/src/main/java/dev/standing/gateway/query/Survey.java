package dev.standing.gateway.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.log.RequestTag;
import dev.standing.gateway.query.QueryAnswer.Failed;
import dev.standing.gateway.query.QueryAnswer.Found;
import dev.standing.gateway.query.QueryFailure.Refused;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question about what is planned, which all processors answer together: it is put to one that is configured, and then
 * to all whom those name that answer. As long as nobody speaks of some partition, as while one moves, it is put to them
 * again; there is never an answer without it.
 */
final class Survey implements Question {

    private static final Logger LOG = LoggerFactory.getLogger(Survey.class);

    /** How long partitions are given to arrive where they are to be. */
    private static final Executor AFTER_A_PAUSE = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final HttpClient client;
    private final ChangesQuery query;
    private final List<URI> processors;
    private final Duration patience;
    private final QueryAnswer<JsonNode> nobody;
    private final CompletableFuture<QueryAnswer<JsonNode>> answer = new CompletableFuture<>();
    private final Optional<String> servedRequest = RequestTag.current();
    private final Queue<CompletableFuture<?>> exchanges = new ConcurrentLinkedQueue<>();
    private final ChangesPages pages;
    private int turn;
    private Round round = new Round();

    /** One time that all are asked. */
    private static final class Round {
        private final Set<URI> asked = new HashSet<>();
        private int configuredAsked;
        private int underWay;
        private boolean isAnswered;
    }

    /**
     * A question.
     *
     * @param processors those that are configured
     * @param first the index of the one to begin with; any number
     * @param patience how long each exchange may last
     * @param nobody what is answered if none of them answers
     */
    Survey(
            HttpClient client,
            ChangesQuery query,
            List<URI> processors,
            int first,
            Duration patience,
            QueryAnswer<JsonNode> nobody) {
        this.client = client;
        this.query = query;
        this.processors = processors;
        this.turn = first;
        this.patience = patience;
        this.nobody = nobody;
        this.pages = new ChangesPages(query.limit());
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> answer() {
        return answer;
    }

    @Override
    public void end(QueryAnswer<JsonNode> given) {
        answer.complete(given);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Cancelling cannot fail.
    public void begin() {
        answer.whenComplete((given, failure) -> exchanges.forEach(exchange -> exchange.cancel(true)));
        beginRound();
    }

    private synchronized void beginRound() {
        round = new Round();
        turn++;
        askConfigured();
    }

    /** Asks the next of those that are configured and were not asked this time. */
    private void askConfigured() {
        while (round.configuredAsked < processors.size()) {
            URI next = processors.get(Math.floorMod(turn - 1 + round.configuredAsked, processors.size()));
            round.configuredAsked++;
            if (round.asked.add(next)) {
                ask(next);
                return;
            }
        }
        end(nobody);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whatever comes of it goes into the answer.
    private void ask(URI processor) {
        if (answer.isDone()) {
            return;
        }
        round.underWay++;
        HttpRequest request = HttpRequest.newBuilder(URI.create(processor + query.pathAndQuery()))
                .header("Accept", "application/json")
                .GET()
                .build();
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, BodyHandlers.ofByteArray());
        exchanges.add(sent);
        if (answer.isDone()) {
            sent.cancel(true);
        }
        sent.copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> RequestTag.within(servedRequest, () -> {
                    // One that timed out still goes on.
                    sent.cancel(true);
                    if (failure != null && !answer.isDone()) {
                        LOG.debug("No answer from {}", processor, failure);
                    }
                    take(Optional.ofNullable(response));
                    return answer;
                }))
                .whenComplete((ignored, failure) -> {
                    if (failure != null) {
                        LOG.error("A query failed", failure);
                        end(nobody);
                    }
                });
    }

    private synchronized void take(Optional<HttpResponse<byte[]>> response) {
        response.flatMap(ProcessorAnswer::read).ifPresent(this::take);
        round.underWay--;
        if (!answer.isDone() && round.underWay == 0) {
            goOn();
        }
    }

    private void take(QueryAnswer<JsonNode> given) {
        if (given instanceof Failed<JsonNode> failed && failed.failure() instanceof Refused) {
            end(given);
        } else if (given instanceof Found<JsonNode> found) {
            ProcessorPage.read(found.value()).ifPresent(this::take);
        }
    }

    private void take(ProcessorPage page) {
        round.isAnswered = true;
        pages.take(page);
        pages.merged().ifPresent(merged -> end(new Found<>(merged)));
        page.self().ifPresent(round.asked::add);
        page.processors().stream().filter(round.asked::add).forEach(this::ask);
    }

    /** Nobody who was asked is left to answer. */
    private void goOn() {
        if (round.isAnswered) {
            AFTER_A_PAUSE.execute(this::beginRound);
        } else {
            askConfigured();
        }
    }
}
