package dev.standing.gateway.feed;

import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Endpoint;
import dev.standing.gateway.http.Problem;
import dev.standing.gateway.http.ProblemCode;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code GET /v1/events?customerId=}: the live feed, for those who say with {@code Last-Event-ID} how far they are. */
public final class FeedEndpoint implements Endpoint {

    /** The path. */
    public static final String PATH = "/v1/events";

    private static final String CUSTOMER_ID = "customerId";
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String EVENT_STREAM = "text/event-stream";

    private final EventFeed feed;

    /** An endpoint that lets people follow the feed. */
    public FeedEndpoint(EventFeed feed) {
        this.feed = feed;
    }

    @Override
    public CompletableFuture<Answer> answer(Request request) {
        try {
            Optional<String> customerId = request.query(CUSTOMER_ID).text(CUSTOMER_ID);
            if (customerId.filter(String::isEmpty).isPresent()) {
                throw new InvalidMemberException(
                        CUSTOMER_ID,
                        "The parameter customerId is empty; it names the customer whose events are wanted");
            }
            return feed.admit(request.header(LAST_EVENT_ID), customerId).thenApply(FeedEndpoint::answer);
        } catch (InvalidMemberException e) {
            return CompletableFuture.completedFuture(Answer.problem(
                    Problem.of(ProblemCode.INVALID_REQUEST, e.getMessage()).blaming(e.field())));
        }
    }

    private static Answer answer(Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            // Proxies that gather answers before they pass them on are asked not to.
            return Answer.stream(EVENT_STREAM, admitted.follow()).with("X-Accel-Buffering", "no");
        }
        Problem problem = ((Admission.Refused) admission).problem();
        Answer answer = Answer.problem(problem);
        return problem.status() == ProblemCode.UNAVAILABLE.status() ? answer.with("Retry-After", "1") : answer;
    }
}
