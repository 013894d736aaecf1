package dev.standing.gateway.http;

import dev.standing.gateway.access.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Where the bodies of requests are kept until they are answered. Those of strangers have little room, and take none from
 * those who prove who they are; calls that prove it in the body have room of their own.
 */
final class BodyRoom {

    private static final Set<Role> ANY = EnumSet.allOf(Role.class);
    private static final int STRANGERS_SHARE = 8;

    private final Entrance entrance;
    private final Set<String> provingInBody;
    private final BodyMemory known;
    private final BodyMemory calls;
    private final BodyMemory strangers;

    /**
     * Room.
     *
     * @param bytes for those who are known, and as much again for calls that prove in the body who sends them
     */
    BodyRoom(long bytes, Entrance entrance, List<Route> routes) {
        this.entrance = entrance;
        this.provingInBody = routes.stream()
                .filter(route -> route.method().hasBody() && route.roles().isEmpty())
                .map(Route::path)
                .collect(Collectors.toUnmodifiableSet());
        this.known = new BodyMemory(bytes);
        this.calls = new BodyMemory(bytes);
        this.strangers = new BodyMemory(bytes / STRANGERS_SHARE);
    }

    /** The memory for the body of a request. */
    BodyMemory of(Request request) {
        if (provingInBody.contains(request.getHttpURI().getPath())) {
            return calls;
        }
        List<String> authorization = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
        return authorization.size() <= 1
                        && entrance.stillAdmits(authorization, ANY).getNow(false)
                ? known
                : strangers;
    }

    /** How much all of them hold. */
    long taken() {
        return known.taken() + calls.taken() + strangers.taken();
    }
}
