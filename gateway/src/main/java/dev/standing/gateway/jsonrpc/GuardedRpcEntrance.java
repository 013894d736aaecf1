package dev.standing.gateway.jsonrpc;

import dev.standing.gateway.access.Admission;
import dev.standing.gateway.access.Authenticator;
import dev.standing.gateway.access.Caller;
import dev.standing.gateway.access.CallerLimits;
import dev.standing.gateway.access.Role;
import dev.standing.gateway.access.RpcCredentials;
import dev.standing.gateway.access.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Takes calls of those who prove who they are, may write, and have not asked too much. */
final class GuardedRpcEntrance implements RpcEntrance {

    private static final Set<Role> ROLES = Set.of(Role.WRITE);
    private static final String API = "params.api";

    private final Authenticator authenticator;
    private final CallerLimits limits;

    GuardedRpcEntrance(Authenticator authenticator, CallerLimits limits) {
        this.authenticator = authenticator;
        this.limits = limits;
    }

    @Override
    public Decision enter(RpcCredentials credentials, byte[] payload) {
        Verdict verdict = authenticator.bySignature(credentials, payload);
        if (verdict instanceof Verdict.Refused refused) {
            return away(JsonRpcError.UNAUTHENTICATED, refused.why(), "UNAUTHENTICATED", Optional.of(API));
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            return away(JsonRpcError.UNAVAILABLE, undecided.why(), "UNAVAILABLE", Optional.empty());
        }
        Caller caller = ((Verdict.Admitted) verdict).caller();
        if (!caller.mayAct(ROLES)) {
            return away(JsonRpcError.REJECTED, Role.required(ROLES), "FORBIDDEN", Optional.empty());
        }
        Admission admission = limits.enter(caller);
        if (admission instanceof Admission.TooMany tooMany) {
            return new Decision.Away(new JsonRpcError(
                    JsonRpcError.UNAVAILABLE,
                    tooMany.why(),
                    Optional.of("TOO_MANY_REQUESTS"),
                    Optional.empty(),
                    Optional.of(tooMany.retryAfter())));
        }
        return new Decision.In(caller, ((Admission.Permit) admission)::close);
    }

    private static Decision away(int number, String why, String code, Optional<String> field) {
        return new Decision.Away(new JsonRpcError(number, why, Optional.of(code), field, Optional.<Duration>empty()));
    }
}
