package dev.standing.gateway.rest;

import dev.standing.domain.command.RejectionCode;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Problem;
import dev.standing.gateway.http.ProblemCode;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.query.QueryFailure;
import java.util.Optional;

/** What REST answers where no command was sent. */
final class Problems {

    private static final int NOT_FOUND = 404;

    private Problems() {}

    /** A malformed request. */
    static Answer malformed(InvalidMemberException refusal, Optional<String> requestId) {
        return Answer.problem(Problem.of(ProblemCode.INVALID_REQUEST, refusal.getMessage())
                .blaming(refusal.field())
                .about(requestId, Optional.empty()));
    }

    /** What may go well later. */
    static Answer unavailable(String why, Optional<String> requestId) {
        return Answer.problem(Problem.of(ProblemCode.UNAVAILABLE, why).about(requestId, Optional.empty()))
                .with("Retry-After", "1");
    }

    /**
     * A query without an answer.
     *
     * @param customer the part of the request that names the customer
     */
    static Answer unanswered(QueryFailure failure, String customer, Optional<String> requestId) {
        if (failure instanceof QueryFailure.Unknown unknown) {
            return Answer.problem(new Problem(
                    NOT_FOUND,
                    RejectionCode.UNKNOWN_CUSTOMER.name(),
                    unknown.detail(),
                    Optional.of(customer),
                    requestId,
                    Optional.empty()));
        }
        if (failure instanceof QueryFailure.Refused refused) {
            return malformed(new InvalidMemberException(refused.field().orElse(customer), refused.detail()), requestId);
        }
        return unavailable(((QueryFailure.Unavailable) failure).why(), requestId);
    }
}
