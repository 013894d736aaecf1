package dev.standing.gateway.access;

import java.util.Set;

/**
 * Who sends a request, once that is proven. Immutable.
 *
 * @param keyId the key or the subject of the token that proved it; limits count by it, logs name it
 * @param source the name of the upstream system, which every command and event carries; a request is identified within
 *     it ({@code semantics.md} section 4)
 * @param roles what it may; not empty
 */
public record Caller(String keyId, String source, Set<Role> roles) {

    /** Who calls where nobody is authenticated, and may do everything. */
    public static final Caller ANYBODY = new Caller("anybody", "unauthenticated", Set.of(Role.ADMIN));

    /** Keeps a copy of the roles. */
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether it has one of these roles, or may do everything. */
    public boolean mayAct(Set<Role> asOneOf) {
        return roles.contains(Role.ADMIN) || asOneOf.stream().anyMatch(roles::contains);
    }
}
