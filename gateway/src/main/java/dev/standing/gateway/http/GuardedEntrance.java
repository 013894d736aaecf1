package dev.standing.gateway.http;

import dev.standing.gateway.access.Gate;
import dev.standing.gateway.access.Role;
import dev.standing.gateway.metrics.GatewayMetrics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A {@link Gate} for requests that say who sends them with the header {@code Authorization}. */
public final class GuardedEntrance implements Entrance {

    private static final String HEADER = "Authorization";
    private static final String API = "rest";

    private final Gate gate;
    private final GatewayMetrics metrics;

    /**
     * An entrance.
     *
     * @param metrics is told of every decision
     */
    public GuardedEntrance(Gate gate, GatewayMetrics metrics) {
        this.gate = gate;
        this.metrics = metrics;
    }

    @Override
    public CompletableFuture<Decision> enter(List<String> authorization, Set<Role> roles) {
        if (authorization.size() > 1) {
            told(Gate.Outcome.UNAUTHENTICATED);
            return CompletableFuture.completedFuture(away(new Gate.Decision.Out(
                    Gate.Outcome.UNAUTHENTICATED,
                    "The header " + HEADER + " stands there more than once",
                    Optional.empty())));
        }
        return gate.byHeader(authorization.stream().findFirst(), roles, this::told)
                .thenApply(decision -> decision instanceof Gate.Decision.In in
                        ? new Decision.In(in.caller(), in.permit()::close)
                        : away((Gate.Decision.Out) decision));
    }

    @Override
    public CompletableFuture<Boolean> stillAdmits(List<String> authorization, Set<Role> roles) {
        return gate.stillAdmits(authorization.stream().findFirst(), roles);
    }

    private void told(Gate.Outcome outcome) {
        metrics.accessDecided(API, outcome.name());
    }

    private Decision away(Gate.Decision.Out out) {
        Problem problem = Problem.of(code(out.outcome()), out.why());
        boolean isUnknown = out.outcome() == Gate.Outcome.UNAUTHENTICATED;
        Answer answer = Answer.problem(isUnknown ? problem.blaming(Optional.of(HEADER)) : problem);
        if (isUnknown) {
            answer = answer.with("WWW-Authenticate", gate.challenge());
        }
        if (out.retryAfter().isPresent()) {
            answer = answer.with(
                    "Retry-After", Long.toString(out.retryAfter().get().toSeconds()));
        }
        return new Decision.Away(answer);
    }

    private static ProblemCode code(Gate.Outcome outcome) {
        return ProblemCode.valueOf(outcome.name());
    }
}
