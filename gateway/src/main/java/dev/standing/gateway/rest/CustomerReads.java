package dev.standing.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.QueryParameters;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.query.CustomerQueries;
import dev.standing.gateway.query.ExternalIds;
import dev.standing.gateway.query.QueryAnswer;
import dev.standing.gateway.query.QueryFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The reads of one customer. Every malformed one is answered without asking anybody. */
final class CustomerReads {

    private static final String AS_OF = "asOf";
    private static final String KNOWN_AT = "knownAt";
    private static final String EXTERNAL_ID = "externalId";
    private static final String AFTER = "after";
    private static final String LIMIT = "limit";

    private static final long MAX_SEQUENCE = 999_999_999_999_999_999L;
    private static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 100;

    private final CustomerQueries queries;
    private final ExternalIds externalIds;

    CustomerReads(CustomerQueries queries, ExternalIds externalIds) {
        this.queries = queries;
        this.externalIds = externalIds;
    }

    /** {@code GET /v1/customers/{customerId}?asOf=&knownAt=}. */
    CompletableFuture<Answer> byCustomerId(Request request) {
        return unlessMalformed(() -> {
            Moment moment = Moment.read(request.query(AS_OF, KNOWN_AT));
            return customer(request.path(RestPaths.CUSTOMER_ID), RestPaths.CUSTOMER_ID, moment, request);
        });
    }

    /** {@code GET /v1/customers?externalId=&asOf=&knownAt=}. */
    CompletableFuture<Answer> byExternalId(Request request) {
        return unlessMalformed(() -> {
            QueryParameters query = request.query(EXTERNAL_ID, AS_OF, KNOWN_AT);
            String externalId = query.text(EXTERNAL_ID)
                    .filter(id -> !id.isEmpty())
                    .orElseThrow(() -> new InvalidMemberException(
                            EXTERNAL_ID, "The parameter externalId is missing; it names the customer"));
            Moment moment = Moment.read(query);
            return externalIds
                    .customerIdOf(externalId)
                    .thenCompose(found -> found.fold(
                            customerId -> customer(customerId, EXTERNAL_ID, moment, request),
                            failure -> CompletableFuture.completedFuture(unanswered(failure, EXTERNAL_ID))));
        });
    }

    /** {@code GET /v1/customers/{customerId}/events?after=&limit=}. */
    CompletableFuture<Answer> events(Request request) {
        return unlessMalformed(() -> {
            QueryParameters query = request.query(AFTER, LIMIT);
            long after = query.number(AFTER, 0, MAX_SEQUENCE).orElse(0);
            int limit = Math.toIntExact(query.number(LIMIT, 1, MAX_LIMIT).orElse(DEFAULT_LIMIT));
            return queries.events(request.path(RestPaths.CUSTOMER_ID), after, limit)
                    .thenApply(answer -> answer.fold(
                            page -> Answer.json(200, page), failure -> unanswered(failure, RestPaths.CUSTOMER_ID)));
        });
    }

    /** {@code GET /v1/customers/{customerId}/subordinates?after=&limit=}. */
    CompletableFuture<Answer> subordinates(Request request) {
        return unlessMalformed(() -> {
            QueryParameters query = request.query(AFTER, LIMIT);
            Optional<String> after = query.text(AFTER).map(PageToken::read);
            int limit = Math.toIntExact(query.number(LIMIT, 1, MAX_LIMIT).orElse(DEFAULT_LIMIT));
            return queries.subordinates(request.path(RestPaths.CUSTOMER_ID), after, limit)
                    .thenApply(answer -> answer.fold(
                            page -> Answer.json(200, page), failure -> unanswered(failure, RestPaths.CUSTOMER_ID)));
        });
    }

    private CompletableFuture<Answer> customer(String customerId, String field, Moment moment, Request request) {
        CompletableFuture<QueryAnswer<JsonNode>> answer = queries.customer(customerId, moment.asOf(), moment.knownAt());
        return answer.thenApply(found -> found.fold(
                customer -> moment.isNow() ? current(customer, request) : Answer.json(200, customer),
                failure -> unanswered(failure, field)));
    }

    /** Only what holds now has a version that can be expected, and be compared with. */
    private static Answer current(JsonNode customer, Request request) {
        JsonNode version = customer.path("version");
        if (!version.isIntegralNumber()) {
            return Answer.json(200, customer);
        }
        EntityTag tag = EntityTag.of(version.longValue());
        Answer answer = tag.isAmong(request.headers(EntityTag.IF_NONE_MATCH))
                ? Answer.notModified()
                : Answer.json(200, customer);
        return answer.with(EntityTag.HEADER, tag.text());
    }

    private static Answer unanswered(QueryFailure failure, String field) {
        return Problems.unanswered(failure, field, Optional.empty());
    }

    private static CompletableFuture<Answer> unlessMalformed(Supplier<CompletableFuture<Answer>> reading) {
        try {
            return reading.get();
        } catch (InvalidMemberException e) {
            return CompletableFuture.completedFuture(Problems.malformed(e, Optional.empty()));
        }
    }

    /**
     * Which past is asked for.
     *
     * @param asOf the time whose state is asked for; empty: now
     * @param knownAt the time whose knowledge counts; empty: now
     */
    private record Moment(Optional<Instant> asOf, Optional<Instant> knownAt) {

        static Moment read(QueryParameters query) {
            return new Moment(query.instant(AS_OF), query.instant(KNOWN_AT));
        }

        boolean isNow() {
            return asOf.isEmpty() && knownAt.isEmpty();
        }
    }
}
