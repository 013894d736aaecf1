package dev.standing.gateway.rest;

import dev.standing.gateway.access.Role;
import dev.standing.gateway.http.Route;
import dev.standing.gateway.query.CustomerQueries;
import dev.standing.gateway.query.ExternalIds;
import dev.standing.gateway.reply.CommandChannel;
import java.util.List;

/** All that REST takes. */
public final class RestRoutes {

    private static final int KEPT_EXTERNAL_IDS = 10_000;

    private RestRoutes() {}

    /**
     * The routes.
     *
     * @param channel where writes go
     * @param queries who is asked about customers
     */
    public static List<Route> all(CommandChannel channel, CustomerQueries queries) {
        ExternalIds externalIds = new ExternalIds(queries, KEPT_EXTERNAL_IDS);
        CommandDesk desk = new CommandDesk(channel, externalIds);
        CustomerReads reads = new CustomerReads(queries, externalIds);
        return List.of(
                Route.post(RestPaths.CUSTOMERS, new WriteEndpoint(Registration::parse, desk)),
                Route.post(RestPaths.STATE, new WriteEndpoint(StateUpdate::parse, desk)),
                Route.post(RestPaths.SUBORDINATES, new WriteEndpoint(SubordinateRegistration::parse, desk)),
                Route.delete(RestPaths.CHANGE, new DeleteEndpoint(Cancellation::parse, desk)),
                Route.delete(RestPaths.SUBORDINATE, new DeleteEndpoint(SubordinateRemoval::parse, desk)),
                Route.get(RestPaths.CUSTOMERS, reads::byExternalId),
                Route.get(RestPaths.CUSTOMER, reads::byCustomerId),
                Route.get(RestPaths.EVENTS, reads::events),
                Route.get(RestPaths.SUBORDINATES, reads::subordinates),
                Route.get(RestPaths.REQUEST, new RequestRead(queries)).openTo(Role.WRITE, Role.READ),
                Route.get(RestPaths.CHANGES, new ChangesRead(queries)));
    }
}
