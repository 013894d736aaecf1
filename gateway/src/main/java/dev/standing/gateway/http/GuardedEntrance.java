package dev.standing.gateway.http;

import dev.standing.gateway.access.Admission;
import dev.standing.gateway.access.Authenticator;
import dev.standing.gateway.access.Caller;
import dev.standing.gateway.access.CallerLimits;
import dev.standing.gateway.access.Role;
import dev.standing.gateway.access.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Lets in whoever proves who they are, may do what they want, and has not asked too much. */
public final class GuardedEntrance implements Entrance {

    private static final String RETRY_AFTER = "Retry-After";
    private static final String HEADER = "Authorization";

    private final Authenticator authenticator;
    private final CallerLimits limits;

    /** An entrance. */
    public GuardedEntrance(Authenticator authenticator, CallerLimits limits) {
        this.authenticator = authenticator;
        this.limits = limits;
    }

    @Override
    public CompletableFuture<Decision> enter(List<String> authorization, Set<Role> roles) {
        if (authorization.size() > 1) {
            return CompletableFuture.completedFuture(
                    unauthenticated("The header " + HEADER + " stands there more than once"));
        }
        return authenticator.byHeader(authorization.stream().findFirst()).thenApply(verdict -> decide(verdict, roles));
    }

    private Decision decide(Verdict verdict, Set<Role> roles) {
        if (verdict instanceof Verdict.Refused refused) {
            return unauthenticated(refused.why());
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            return away(Problem.of(ProblemCode.UNAVAILABLE, undecided.why()), Optional.of(1L));
        }
        Caller caller = ((Verdict.Admitted) verdict).caller();
        if (!caller.mayAct(roles)) {
            return away(Problem.of(ProblemCode.FORBIDDEN, Role.required(roles)), Optional.empty());
        }
        Admission admission = limits.enter(caller);
        if (admission instanceof Admission.TooMany tooMany) {
            return away(
                    Problem.of(ProblemCode.TOO_MANY_REQUESTS, tooMany.why()),
                    Optional.of(tooMany.retryAfter().toSeconds()));
        }
        return new Decision.In(caller, ((Admission.Permit) admission)::close);
    }

    private static Decision unauthenticated(String why) {
        Problem problem = Problem.of(ProblemCode.UNAUTHENTICATED, why).blaming(Optional.of(HEADER));
        // Both schemes that are taken (RFC 9110, section 11.6.1).
        return new Decision.Away(Answer.problem(problem)
                .with("WWW-Authenticate", "Basic realm=\"standing\", charset=\"UTF-8\", Bearer realm=\"standing\""));
    }

    private static Decision away(Problem problem, Optional<Long> retryAfterSeconds) {
        Answer answer = Answer.problem(problem);
        return new Decision.Away(retryAfterSeconds
                .map(seconds -> answer.with(RETRY_AFTER, seconds.toString()))
                .orElse(answer));
    }
}
