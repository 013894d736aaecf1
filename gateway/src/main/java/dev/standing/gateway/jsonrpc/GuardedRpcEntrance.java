package dev.standing.gateway.jsonrpc;

import dev.standing.gateway.access.Gate;
import dev.standing.gateway.access.Role;
import dev.standing.gateway.access.RpcCredentials;
import dev.standing.gateway.metrics.GatewayMetrics;
import java.util.Optional;
import java.util.Set;

/** A {@link Gate} for calls that say themselves who sends them. */
final class GuardedRpcEntrance implements RpcEntrance {

    private static final Set<Role> ROLES = Set.of(Role.WRITE);
    private static final String FIELD = "params.api";
    private static final String API = "jsonrpc";

    private final Gate gate;
    private final GatewayMetrics metrics;

    GuardedRpcEntrance(Gate gate, GatewayMetrics metrics) {
        this.gate = gate;
        this.metrics = metrics;
    }

    @Override
    public Decision enter(RpcCredentials credentials, byte[] payload) {
        Gate.Decision decision =
                gate.bySignature(credentials, payload, ROLES, outcome -> metrics.accessDecided(API, outcome.name()));
        return decision instanceof Gate.Decision.In in
                ? new Decision.In(in.caller(), in.permit()::close)
                : new Decision.Away(error((Gate.Decision.Out) decision));
    }

    private static JsonRpcError error(Gate.Decision.Out out) {
        return new JsonRpcError(
                number(out.outcome()),
                out.why(),
                Optional.of(out.outcome().name()),
                out.outcome() == Gate.Outcome.UNAUTHENTICATED ? Optional.of(FIELD) : Optional.empty(),
                out.retryAfter());
    }

    private static int number(Gate.Outcome outcome) {
        return switch (outcome) {
            case UNAUTHENTICATED -> JsonRpcError.UNAUTHENTICATED;
            case TOO_MANY_REQUESTS, UNAVAILABLE -> JsonRpcError.UNAVAILABLE;
            case FORBIDDEN, ADMITTED -> JsonRpcError.REJECTED;
        };
    }
}
