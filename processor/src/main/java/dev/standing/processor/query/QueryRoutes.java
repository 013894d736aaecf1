package dev.standing.processor.query;

import dev.standing.domain.policy.Policy;
import dev.standing.processor.history.Placement;
import dev.standing.processor.history.Placement.Elsewhere;
import dev.standing.processor.history.Placement.Nowhere;
import dev.standing.processor.history.ReadModel;
import dev.standing.processor.history.UnavailableException;
import dev.standing.service.query.AnsweredQuery;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /query/customers}, {@code /query/events}, {@code /query/subordinates}, {@code /query/external-ids} and
 * {@code /query/requests}: what is recorded, with everything in it that was acknowledged before the request came. 307
 * leads to the processor that can answer; 503 says that none can for the moment. {@code /query/changes}: the same, of
 * what is planned by the customers that are here; which those are, and who has others, is answered with it.
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
        add(config, "/query/customers", Query.OfCustomer::parse, this::answer);
        add(config, "/query/events", Query.OfEvents::parse, this::answer);
        add(config, "/query/subordinates", Query.OfSubordinates::parse, this::answer);
        add(config, "/query/external-ids", Query.OfExternalId::parse, this::answer);
        add(config, "/query/requests", Query.OfRequest::parse, this::answer);
        add(config, "/query/changes", AgendaQuery::parse, this::answer);
    }

    private static <Q> void add(
            JavalinConfig config, String path, Function<QueryParameters, Q> parser, BiConsumer<Context, Q> answering) {
        config.routes.get(
                path, context -> parsed(context, parser).ifPresent(query -> answering.accept(context, query)));
    }

    /** The question; empty if it is malformed, and answered. */
    private static <Q> Optional<Q> parsed(Context context, Function<QueryParameters, Q> parser) {
        try {
            return Optional.of(parser.apply(new QueryParameters(context.queryParamMap())));
        } catch (InvalidParameterException e) {
            write(context, Answer.invalid(e));
        } catch (IllegalArgumentException e) {
            write(context, Answer.malformed("The query string is not URL-encoded: " + e.getMessage()));
        }
        return Optional.empty();
    }

    /** What is planned is answered for the partitions that are here; nobody is led on. */
    private void answer(Context context, AgendaQuery query) {
        context.future(() -> model.readAll(history -> history.planned(query.excerpt()), readers)
                .thenApply(found -> Answer.found(
                        AgendaPage.of(found, query.limit()).json(model.partitions(), model.address(), model.members())))
                .exceptionally(QueryRoutes::failed)
                .thenAcceptAsync(answer -> write(context, answer), readers));
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
        HttpServletRequest asked = context.req();
        context.status(answer.status())
                .header("Cache-Control", "no-store")
                .header(AnsweredQuery.HEADER, AnsweredQuery.of(asked.getRequestURI(), asked.getQueryString()))
                .contentType("application/json");
        answer.headers().forEach(context::header);
        context.result(answer.body().toString().getBytes(StandardCharsets.UTF_8));
    }
}
