package dev.standing.gateway.rest;

import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Endpoint;
import dev.standing.gateway.http.QueryParameters;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.query.ChangesQuery;
import dev.standing.gateway.query.CustomerQueries;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /v1/changes?status=&dueBefore=&after=&limit=}: what is planned, soonest first, over all customers. A
 * malformed one is answered without asking anybody, but for an {@code after} that only processors can tell.
 */
final class ChangesRead implements Endpoint {

    private static final String STATUS = "status";
    private static final String DUE_BEFORE = "dueBefore";
    private static final String AFTER = "after";
    private static final String LIMIT = "limit";

    private static final Set<String> STATUSES = Set.of("SCHEDULED", "PENDING");
    private static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 100;

    private final CustomerQueries queries;

    ChangesRead(CustomerQueries queries) {
        this.queries = queries;
    }

    @Override
    public CompletableFuture<Answer> answer(Request request) {
        ChangesQuery query;
        try {
            query = read(request.query(STATUS, DUE_BEFORE, AFTER, LIMIT));
        } catch (InvalidMemberException e) {
            return CompletableFuture.completedFuture(Problems.malformed(e, Optional.empty()));
        }
        return queries.changes(query)
                .thenApply(answer -> answer.fold(
                        page -> Answer.json(200, page),
                        failure -> Problems.unanswered(failure, AFTER, Optional.empty())));
    }

    private static ChangesQuery read(QueryParameters query) {
        return new ChangesQuery(
                query.text(STATUS).map(ChangesRead::status),
                query.instant(DUE_BEFORE),
                query.text(AFTER).map(PageToken::read),
                Math.toIntExact(query.number(LIMIT, 1, MAX_LIMIT).orElse(DEFAULT_LIMIT)));
    }

    private static String status(String text) {
        if (!STATUSES.contains(text)) {
            throw new InvalidMemberException(STATUS, "status must be SCHEDULED or PENDING");
        }
        return text;
    }
}
