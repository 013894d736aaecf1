package dev.standing.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.ResultStatus;
import dev.standing.gateway.access.Caller;
import dev.standing.gateway.access.Role;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Endpoint;
import dev.standing.gateway.http.Problem;
import dev.standing.gateway.http.ProblemCode;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.query.CustomerQueries;
import dev.standing.gateway.query.QueryFailure;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /v1/customers/{customerId}/requests/{requestId}?source=}: the remembered result of a request. What was done
 * is answered with the body that the request was, or would have been, answered with; what was turned down with 200, too:
 * this read has gone well, whatever became of the request.
 */
final class RequestRead implements Endpoint {

    private static final String SOURCE = "source";

    private final CustomerQueries queries;

    RequestRead(CustomerQueries queries) {
        this.queries = queries;
    }

    @Override
    public CompletableFuture<Answer> answer(Request request) {
        Caller caller = request.caller();
        String source;
        try {
            source = request.query(SOURCE).text(SOURCE).orElse(caller.source());
            if (source.isEmpty()) {
                throw new InvalidMemberException(
                        SOURCE, "The parameter source is empty; it names who sent the request");
            }
        } catch (InvalidMemberException e) {
            return CompletableFuture.completedFuture(Problems.malformed(e, Optional.empty()));
        }
        if (!source.equals(caller.source()) && !caller.mayAct(Set.of(Role.ADMIN))) {
            return CompletableFuture.completedFuture(Answer.problem(
                    Problem.of(ProblemCode.FORBIDDEN, "Requests of another source are for the role admin alone")
                            .blaming(Optional.of(SOURCE))));
        }
        String requestId = request.path(RestPaths.REQUEST_ID);
        return queries.request(request.path(RestPaths.CUSTOMER_ID), source, requestId)
                .thenApply(answer -> answer.fold(RequestRead::found, failure -> unanswered(failure, requestId)));
    }

    private static Answer found(JsonNode result) {
        String status = result.path("status").asText();
        if (status.equals(ResultStatus.UNKNOWN.name())) {
            return unreadable(result);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("requestId", result.path("requestId"));
        body.set("commandId", result.path("commandId"));
        body.put("status", status);
        body.put("replayed", true);
        if (status.equals(ResultStatus.REJECTED.name())) {
            body.set("code", result.path("code"));
            body.put("detail", result.path("message").asText("The request was turned down"));
            RestFields.ofResult(result.path("field").asText("")).ifPresent(field -> body.put("field", field));
            body.set("decidedAt", result.path("decidedAt"));
        } else {
            body.set("customer", result.path("customer"));
        }
        return Answer.json(200, body);
    }

    /** A later version decided it; as the request itself would be answered. */
    private static Answer unreadable(JsonNode result) {
        return Answer.problem(
                Problem.of(ProblemCode.INTERNAL_ERROR, "The request was decided, but the result cannot be read.")
                        .about(
                                Optional.of(result.path("requestId").asText()),
                                Optional.of(result.path("commandId").asText())));
    }

    private static Answer unanswered(QueryFailure failure, String requestId) {
        if (failure instanceof QueryFailure.Unknown unknown) {
            return Answer.problem(Problem.of(ProblemCode.UNKNOWN_REQUEST, unknown.detail())
                            .blaming(Optional.of(RestPaths.REQUEST_ID))
                            .about(Optional.of(requestId), Optional.empty()))
                    .with("Retry-After", "1");
        }
        return Problems.unanswered(failure, RestPaths.REQUEST_ID, Optional.of(requestId));
    }
}
