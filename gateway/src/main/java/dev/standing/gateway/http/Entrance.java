package dev.standing.gateway.http;

import dev.standing.gateway.access.Caller;
import dev.standing.gateway.access.Role;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Who may in. Safe for use by many threads, none of which it holds. */
public interface Entrance {

    /** What becomes of somebody who stands before it. */
    sealed interface Decision {

        /**
         * They are in.
         *
         * @param leave to be run once, when they are answered
         */
        record In(Caller caller, Runnable leave) implements Decision {}

        /** They are turned away with this answer. */
        record Away(Answer answer) implements Decision {}
    }

    /**
     * Decides about a request.
     *
     * @param authorization all headers {@code Authorization} of the request
     * @param roles of which it needs one
     * @return the decision; never exceptional
     */
    CompletableFuture<Decision> enter(List<String> authorization, Set<Role> roles);

    /**
     * Whether somebody who got in with these headers would get in still, for what goes on for long.
     *
     * @return the decision; never exceptional
     */
    CompletableFuture<Boolean> stillAdmits(List<String> authorization, Set<Role> roles);

    /** An entrance for everybody, who may everything. */
    static Entrance open() {
        return new Entrance() {
            @Override
            public CompletableFuture<Decision> enter(List<String> authorization, Set<Role> roles) {
                return CompletableFuture.completedFuture(new Decision.In(Caller.ANYBODY, () -> {}));
            }

            @Override
            public CompletableFuture<Boolean> stillAdmits(List<String> authorization, Set<Role> roles) {
                return CompletableFuture.completedFuture(true);
            }
        };
    }
}
