package dev.standing.gateway.rest;

import dev.standing.gateway.StubQueries;
import dev.standing.gateway.docs.ApiContract;
import dev.standing.gateway.docs.Exchange;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Method;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.http.Route;
import dev.standing.gateway.reply.CommandChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * REST without HTTP. Headers are names and values in turn. What is answered to a write, and what is refused, must be as
 * the OpenAPI document says; what a read relays, the tests make up.
 */
final class RestCalls {

    private final List<Route> routes;
    private final boolean isDocumented;

    RestCalls(CommandChannel channel, StubQueries queries) {
        this(channel, queries, true);
    }

    private RestCalls(CommandChannel channel, StubQueries queries, boolean isDocumented) {
        this.routes = RestRoutes.all(channel, queries);
        this.isDocumented = isDocumented;
    }

    /** REST where commands are replied to as no processor would do it, and the document does not say. */
    static RestCalls withOddReplies(CommandChannel channel) {
        return new RestCalls(channel, new StubQueries(), false);
    }

    /** Posts a document to a path, which may have a query. */
    Answer post(String pathAndQuery, String body, List<String> headers) {
        return call(Method.POST, pathAndQuery, Map.of(), body, headers);
    }

    /** Posts a document to a path whose names in braces are given. */
    Answer post(String path, Map<String, String> names, String body, String... headers) {
        return call(Method.POST, path, names, body, List.of(headers));
    }

    /** Gets a path, which may have a query; its names in braces are given. */
    Answer get(String pathAndQuery, Map<String, String> path, String... headers) {
        return call(Method.GET, pathAndQuery, path, "", List.of(headers));
    }

    /** Deletes a path, as {@link #get} gets it. */
    Answer delete(String pathAndQuery, Map<String, String> path, String... headers) {
        return call(Method.DELETE, pathAndQuery, path, "", List.of(headers));
    }

    private Answer call(
            Method method, String pathAndQuery, Map<String, String> path, String body, List<String> headers) {
        String[] parts = pathAndQuery.split("\\?", 2);
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (int i = 0; i < headers.size(); i += 2) {
            all.computeIfAbsent(headers.get(i), name -> new ArrayList<>()).add(headers.get(i + 1));
        }
        Request request =
                new Request(path, parts.length == 2 ? parts[1] : "", all, body.getBytes(StandardCharsets.UTF_8));
        Answer answer = routes.stream()
                .filter(route -> route.method() == method && route.path().equals(parts[0]))
                .findFirst()
                .orElseThrow()
                .endpoint()
                .answer(request)
                .join();
        if (isDocumented && (method != Method.GET || answer.status() >= 400)) {
            ApiContract.get().checkWithinServer(Exchange.within(method, parts[0], body, answer));
        }
        return answer;
    }
}
