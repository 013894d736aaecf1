package dev.standing.gateway.http;

import dev.standing.gateway.access.Role;
import java.util.Set;

/**
 * What answers a method at a path.
 *
 * @param method the method; GET includes HEAD
 * @param path begins with a slash; a segment in braces, such as {@code {customerId}}, stands for any one segment, which
 *     {@link Request#path} gives. A request with a path of its own is never taken for such a one of the same method.
 * @param roles the roles of which a caller needs one; empty: anybody may call, and is not even asked who it is
 * @param endpoint what answers
 */
public record Route(Method method, String path, Set<Role> roles, Endpoint endpoint) {

    /** Keeps a copy of the roles. */
    public Route {
        roles = Set.copyOf(roles);
    }

    /** A route that reads. */
    public static Route get(String path, Endpoint endpoint) {
        return new Route(Method.GET, path, Set.of(Role.READ), endpoint);
    }

    /** A route that takes a JSON document. */
    public static Route post(String path, Endpoint endpoint) {
        return new Route(Method.POST, path, Set.of(Role.WRITE), endpoint);
    }

    /** A route that takes something away. */
    public static Route delete(String path, Endpoint endpoint) {
        return new Route(Method.DELETE, path, Set.of(Role.WRITE), endpoint);
    }

    /** The same route, for callers that have one of these roles; none: for anybody. */
    public Route openTo(Role... others) {
        return new Route(method, path, Set.of(others), endpoint);
    }
}
