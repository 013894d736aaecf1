package dev.standing.gateway.http;

import dev.standing.gateway.log.RequestTag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler.ContextScopeListener;
import org.eclipse.jetty.util.Callback;

/**
 * What every request and every answer has, whoever answers: an id, under which the log tells more, and the headers that
 * keep browsers from doing what nobody asked for.
 */
final class Envelope extends Handler.Wrapper {

    private static final String ATTRIBUTE = Envelope.class.getName();

    private static final Map<String, String> SECURITY = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private static final HttpField ONLY_TLS = new HttpField("Strict-Transport-Security", "max-age=31536000");

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String id = RequestTag.of(Optional.ofNullable(request.getHeaders().get(RequestTag.HEADER)));
        request.setAttribute(ATTRIBUTE, id);
        address(request, response);
        RequestTag.set(Optional.of(id));
        try {
            return super.handle(request, response, callback);
        } finally {
            RequestTag.set(Optional.empty());
        }
    }

    /** Puts the headers on an answer: one to what was refused before it got here, or one that was emptied since. */
    static void address(Request request, Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        SECURITY.forEach(headers::put);
        if (request.isSecure()) {
            headers.put(ONLY_TLS);
        }
        headers.put(RequestTag.HEADER, idOf(request).orElseGet(() -> RequestTag.of(Optional.empty())));
    }

    /** The id of a request. */
    static Optional<String> idOf(HttpServletRequest request) {
        return Optional.ofNullable(request.getAttribute(ATTRIBUTE)).map(Object::toString);
    }

    private static Optional<String> idOf(Request request) {
        return Optional.ofNullable(request.getAttribute(ATTRIBUTE)).map(Object::toString);
    }

    /** Has every thread that the server lends to a request work for its id. */
    static final class Tagging implements ContextScopeListener {

        @Override
        public void enterScope(Context context, Request request) {
            if (request != null) {
                RequestTag.set(idOf(request));
            }
        }

        @Override
        public void exitScope(Context context, Request request) {
            RequestTag.set(Optional.empty());
        }
    }
}
