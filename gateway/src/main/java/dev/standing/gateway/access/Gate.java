package dev.standing.gateway.access;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Lets in whoever proves who they are, may do what they want, and has not asked too much; whichever way they come. Safe
 * for use by many threads, none of which it holds.
 */
public final class Gate {

    /** What becomes of somebody. */
    public enum Outcome {
        /** They are in. */
        ADMITTED,
        /** They do not say who they are, or not truly. */
        UNAUTHENTICATED,
        /** They have not the role. */
        FORBIDDEN,
        /** They ask too much. */
        TOO_MANY_REQUESTS,
        /** It cannot be told now who they are. */
        UNAVAILABLE
    }

    /** A decision. */
    public sealed interface Decision {

        /**
         * They are in.
         *
         * @param permit to be closed when they are answered
         */
        record In(Caller caller, Admission.Permit permit) implements Decision {}

        /**
         * They are not.
         *
         * @param outcome why, for programs; not ADMITTED
         * @param why for people
         * @param retryAfter when it is worth trying again; at least a second
         */
        record Out(Outcome outcome, String why, Optional<Duration> retryAfter) implements Decision {}
    }

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Authenticator authenticator;
    private final CallerLimits limits;
    private final String challenge;

    /**
     * A gate.
     *
     * @param challenge the header {@code WWW-Authenticate} of those who are not authenticated
     */
    public Gate(Authenticator authenticator, CallerLimits limits, String challenge) {
        this.authenticator = authenticator;
        this.limits = limits;
        this.challenge = challenge;
    }

    /** What tells clients how to say who they are (RFC 9110, section 11.6.1). */
    public String challenge() {
        return challenge;
    }

    /**
     * Decides about a request.
     *
     * @param authorization its header {@code Authorization}
     * @param roles of which it needs one
     * @param told of every decision
     * @return the decision; never exceptional
     */
    public CompletableFuture<Decision> byHeader(
            Optional<String> authorization, Set<Role> roles, Consumer<Outcome> told) {
        return authenticator.byHeader(authorization).thenApply(verdict -> decide(verdict, roles, told));
    }

    /**
     * Decides about a JSON-RPC call.
     *
     * @param payload the bytes of {@code params.payload}, exactly as they were received
     * @param roles of which it needs one
     * @param told of every decision
     */
    public Decision bySignature(RpcCredentials credentials, byte[] payload, Set<Role> roles, Consumer<Outcome> told) {
        return decide(authenticator.bySignature(credentials, payload), roles, told);
    }

    /**
     * Whether somebody who was let in with this header would be let in still; what cannot be told now counts as yes.
     * Limits do not count.
     */
    public CompletableFuture<Boolean> stillAdmits(Optional<String> authorization, Set<Role> roles) {
        return authenticator
                .byHeader(authorization)
                .thenApply(verdict -> verdict instanceof Verdict.Admitted admitted
                        ? admitted.caller().mayAct(roles)
                        : verdict instanceof Verdict.Undecided);
    }

    private Decision decide(Verdict verdict, Set<Role> roles, Consumer<Outcome> told) {
        Decision decision = decide(verdict, roles);
        told.accept(decision instanceof Decision.Out out ? out.outcome() : Outcome.ADMITTED);
        return decision;
    }

    private Decision decide(Verdict verdict, Set<Role> roles) {
        if (verdict instanceof Verdict.Refused refused) {
            return new Decision.Out(Outcome.UNAUTHENTICATED, refused.why(), Optional.empty());
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            return new Decision.Out(Outcome.UNAVAILABLE, undecided.why(), Optional.of(SOON));
        }
        Caller caller = ((Verdict.Admitted) verdict).caller();
        if (!caller.mayAct(roles)) {
            return new Decision.Out(Outcome.FORBIDDEN, Role.required(roles), Optional.empty());
        }
        Admission admission = limits.enter(caller);
        return admission instanceof Admission.TooMany tooMany
                ? new Decision.Out(Outcome.TOO_MANY_REQUESTS, tooMany.why(), Optional.of(tooMany.retryAfter()))
                : new Decision.In(caller, (Admission.Permit) admission);
    }
}
