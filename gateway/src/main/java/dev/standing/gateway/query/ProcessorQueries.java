package dev.standing.gateway.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.query.QueryAnswer.Failed;
import dev.standing.gateway.query.QueryAnswer.Found;
import dev.standing.gateway.query.QueryFailure.Unavailable;
import dev.standing.gateway.uri.UriText;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the processors' query service. Every query begins with the next processor in turn, and goes on to others as long
 * as nobody answered and there is time.
 */
public final class ProcessorQueries implements CustomerQueries, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorQueries.class);

    private static final Unavailable AWAY = new Unavailable("No processor answers queries now; try again later.");
    private static final Unavailable FULL =
            new Unavailable("Too many queries are waiting for their answers; try again later.");
    private static final Unavailable STOPPING = new Unavailable("The gateway is stopping.");

    private final QuerySettings settings;
    private final HttpClient client;
    private final Semaphore places;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicBoolean away = new AtomicBoolean();
    private final Set<Question> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** Connects to nobody before the first query. */
    public ProcessorQueries(QuerySettings settings) {
        this.settings = settings;
        this.places = new Semaphore(settings.maxQueries());
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(patienceToConnect())
                .build();
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> customer(
            String customerId, Optional<Instant> asOf, Optional<Instant> knownAt) {
        return ask("/query/customers?customerId=" + UriText.encode(customerId)
                + asOf.map(time -> "&asOf=" + UriText.encode(time.toString())).orElse("")
                + knownAt.map(time -> "&knownAt=" + UriText.encode(time.toString()))
                        .orElse(""));
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> events(String customerId, long after, int limit) {
        return ask("/query/events?customerId=" + UriText.encode(customerId) + "&after=" + after + "&limit=" + limit);
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> subordinates(String customerId, Optional<String> after, int limit) {
        return ask("/query/subordinates?customerId=" + UriText.encode(customerId) + "&limit=" + limit
                + after.map(text -> "&after=" + UriText.encode(text)).orElse(""));
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> request(String customerId, String source, String requestId) {
        return ask("/query/requests?customerId=" + UriText.encode(customerId) + "&source=" + UriText.encode(source)
                + "&requestId=" + UriText.encode(requestId));
    }

    @Override
    public CompletableFuture<QueryAnswer<String>> customerIdOf(String externalId) {
        return ask("/query/external-ids?externalId=" + UriText.encode(externalId))
                .thenApply(answer -> answer.fold(ProcessorQueries::customerId, Failed::new));
    }

    @Override
    public CompletableFuture<QueryAnswer<JsonNode>> changes(ChangesQuery query) {
        // Half of the time, as others may be named who are to be asked then.
        Duration each = settings.timeout().dividedBy(2);
        return ask(first -> new Survey(client, query, settings.processors(), first, each, new Failed<>(AWAY)));
    }

    private static QueryAnswer<String> customerId(JsonNode found) {
        JsonNode customerId = found.path("customerId");
        return customerId.isTextual() ? new Found<>(customerId.textValue()) : new Failed<>(AWAY);
    }

    private CompletableFuture<QueryAnswer<JsonNode>> ask(String pathAndQuery) {
        return ask(first ->
                new Inquiry(client, pathAndQuery, settings.processors(), first, patience(), new Failed<>(AWAY)));
    }

    private CompletableFuture<QueryAnswer<JsonNode>> ask(IntFunction<Question> asking) {
        if (!places.tryAcquire()) {
            return CompletableFuture.completedFuture(new Failed<>(FULL));
        }
        Question question = asking.apply(turn.getAndIncrement());
        underWay.add(question);
        CompletableFuture<QueryAnswer<JsonNode>> answer = question.answer()
                .completeOnTimeout(new Failed<>(AWAY), settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((given, failure) -> {
                    underWay.remove(question);
                    places.release();
                    note(given);
                });
        question.begin();
        if (stopping) {
            question.end(new Failed<>(STOPPING));
        }
        return answer;
    }

    /** How long an exchange with one processor may last, so that there is time for another. */
    private Duration patience() {
        return settings.processors().size() == 1
                ? settings.timeout()
                : settings.timeout().dividedBy(2);
    }

    /** A machine that is gone does not even refuse; all could be, but for the last. */
    private Duration patienceToConnect() {
        return settings.timeout().dividedBy(settings.processors().size());
    }

    /** Says once that processors are away, and once that they are back. */
    private void note(QueryAnswer<JsonNode> given) {
        boolean failed = given.equals(new Failed<>(AWAY));
        if (failed && away.compareAndSet(false, true)) {
            LOG.warn("No processor answers queries (gateway.processors: {})", settings.processors());
        } else if (!failed && !stopping && away.compareAndSet(true, false)) {
            LOG.info("Queries are answered again");
        }
    }

    /** Answers what is under way, and all that comes later, as unavailable. */
    @Override
    public void close() {
        stopping = true;
        underWay.forEach(question -> question.end(new Failed<>(STOPPING)));
    }
}
