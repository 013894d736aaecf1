package dev.standing.processor.query;

import dev.standing.domain.policy.Policy;
import dev.standing.processor.history.Placement;
import dev.standing.processor.history.Placement.Elsewhere;
import dev.standing.processor.history.Placement.Nowhere;
import dev.standing.processor.history.ReadModel;
import dev.standing.processor.history.UnavailableException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /query/customers}, {@code /query/events} and {@code /query/external-ids}: what is recorded, with everything
 * in it that was acknowledged before the request came. 307 leads to the processor that can answer; 503 says that none
 * can for the moment.
 */
public final class QueryRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(QueryRoutes.class);

    private final ReadModel model;
    private final QueryAnswers answers;
    private final Executor readers;

    /**
     * Routes over a read model.
     *
     * @param readers read the stores and write the answers
     */
    public QueryRoutes(ReadModel model, Policy policy, InstantSource clock, Executor readers) {
        this.model = model;
        this.answers = new QueryAnswers(policy, clock);
        this.readers = readers;
    }

    /** Adds the routes. */
    public void addTo(JavalinConfig config) {
        add(config, "/query/customers", Query.OfCustomer::parse);
        add(config, "/query/events", Query.OfEvents::parse);
        add(config, "/query/external-ids", Query.OfExternalId::parse);
    }

    private void add(JavalinConfig config, String path, Function<QueryParameters, Query> parser) {
        config.routes.get(path, context -> handle(context, parser));
    }

    private void handle(Context context, Function<QueryParameters, Query> parser) {
        QueryParameters parameters;
        try {
            parameters = new QueryParameters(context.queryParamMap());
        } catch (IllegalArgumentException e) {
            write(context, Answer.malformed("The query string is not URL-encoded: " + e.getMessage()));
            return;
        }
        Query query;
        try {
            query = parser.apply(parameters);
        } catch (InvalidParameterException e) {
            write(context, Answer.invalid(e));
            return;
        }
        answer(context, query);
    }

    private void answer(Context context, Query query) {
        Placement placement = model.placement(query.subject());
        if (placement instanceof Elsewhere elsewhere) {
            String parametersAsSent = context.req().getQueryString();
            write(
                    context,
                    Answer.redirect(
                            elsewhere.address().url() + context.req().getRequestURI() + "?" + parametersAsSent));
            return;
        }
        if (placement instanceof Nowhere nowhere) {
            write(context, Answer.unavailable(nowhere.reason()));
            return;
        }
        context.future(() -> model.read(query.subject(), history -> answers.answer(query, history), readers)
                .exceptionally(QueryRoutes::failed)
                .thenAcceptAsync(answer -> write(context, answer), readers));
    }

    private static Answer failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof UnavailableException) {
            return Answer.unavailable(String.valueOf(cause.getMessage()));
        }
        String id = UUID.randomUUID().toString();
        LOG.error("Query failed, id {}", id, cause);
        return Answer.failed("The query failed; the processor's log tells more under the id " + id);
    }

    private static void write(Context context, Answer answer) {
        context.status(answer.status()).header("Cache-Control", "no-store").contentType("application/json");
        answer.headers().forEach(context::header);
        context.result(answer.body().toString().getBytes(StandardCharsets.UTF_8));
    }
}
