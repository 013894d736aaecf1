package dev.standing.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all calls have in common: media type, length, methods, and what becomes of failures. */
final class HttpCalls {

    private static final Logger LOG = LoggerFactory.getLogger(HttpCalls.class);

    private final int maxBodyBytes;
    private final Executor writers;

    HttpCalls(int maxBodyBytes, Executor writers) {
        this.maxBodyBytes = maxBodyBytes;
        this.writers = writers;
    }

    void addTo(JavalinConfig config, List<Route> routes) {
        config.routes.before(HttpCalls::refuseOverride);
        config.routes.before(HttpCalls::refuseSteps);
        routes.forEach(route -> add(config, route));
        config.routes.exception(MethodNotAllowedResponse.class, HttpCalls::methodNotAllowed);
        config.routes.exception(HttpResponseException.class, HttpCalls::refused);
        config.routes.exception(Exception.class, (exception, context) -> failed(context, exception));
    }

    private void add(JavalinConfig config, Route route) {
        Handler handler = context -> handle(context, route);
        switch (route.method()) {
            case GET -> {
                config.routes.get(route.path(), handler);
                // Otherwise Javalin answers it, with 200 and without asking.
                config.routes.head(route.path(), handler);
            }
            case POST -> config.routes.post(route.path(), handler);
            case DELETE -> config.routes.delete(route.path(), handler);
        }
    }

    /** Javalin routes by this header, which would let a GET write. */
    private static void refuseOverride(Context context) {
        if (context.header(Header.X_HTTP_METHOD_OVERRIDE) != null) {
            write(
                    context,
                    Answer.problem(Problem.of(ProblemCode.INVALID_REQUEST, "A method is not to be overridden")
                            .blaming(Optional.of(Header.X_HTTP_METHOD_OVERRIDE))));
            context.skipRemainingHandlers();
        }
    }

    /** A proxy may take these steps, and so see another path than the one that is routed by here. */
    private static void refuseSteps(Context context) {
        List<String> segments = List.of(context.req().getRequestURI().split("/", -1));
        if (segments.contains(".") || segments.contains("..")) {
            problem(context, ProblemCode.INVALID_REQUEST, "No segment of a path is . or .. here, unless it is escaped");
            context.skipRemainingHandlers();
        }
    }

    private void handle(Context context, Route route) throws IOException {
        Map<String, List<String>> headers = headers(context);
        boolean hasBody = route.method().hasBody();
        if (hasBody && !MediaType.isUtf8Json(headers.getOrDefault(Header.CONTENT_TYPE, List.of()))) {
            problem(context, ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json in UTF-8");
            return;
        }
        Optional<byte[]> body = body(context);
        if (body.isEmpty()) {
            problem(context, ProblemCode.BODY_TOO_LARGE, "A body has at most " + maxBodyBytes + " bytes");
            return;
        }
        if (!hasBody && body.get().length > 0) {
            problem(context, ProblemCode.INVALID_REQUEST, route.method() + " takes no body here");
            return;
        }
        String query = Optional.ofNullable(context.req().getQueryString()).orElse("");
        Request request = new Request(context.pathParamMap(), query, headers, body.get());
        context.future(
                () -> route.endpoint().answer(request).thenAcceptAsync(answer -> write(context, answer), writers));
    }

    private static Map<String, List<String>> headers(Context context) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(context.req().getHeaderNames())) {
            headers.put(name, Collections.list(context.req().getHeaders(name)));
        }
        return headers;
    }

    /** The body, which has arrived ({@link WholeBody}); empty if it is too large. */
    private Optional<byte[]> body(Context context) throws IOException {
        byte[] body = context.bodyInputStream().readNBytes(maxBodyBytes + 1);
        return body.length <= maxBodyBytes ? Optional.of(body) : Optional.empty();
    }

    private static void methodNotAllowed(MethodNotAllowedResponse exception, Context context) {
        Set<String> allowed = new LinkedHashSet<>();
        exception.getDetails().values().forEach(methods -> allowed.addAll(List.of(methods.split(", "))));
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        String allow = String.join(", ", allowed);
        Answer answer = "OPTIONS".equals(context.req().getMethod())
                ? Answer.noContent()
                : Answer.problem(
                        Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "This path takes " + String.join(", ", allowed)));
        write(context, answer.with(Header.ALLOW, allow));
    }

    private static void refused(HttpResponseException exception, Context context) {
        if (exception.getStatus() == ProblemCode.NOT_FOUND.status()) {
            problem(context, ProblemCode.NOT_FOUND, "There is nothing at this path");
        } else {
            failed(context, exception);
        }
    }

    private static void failed(Context context, Exception exception) {
        String id = UUID.randomUUID().toString();
        LOG.error("Request failed, id {}", id, exception);
        problem(context, ProblemCode.INTERNAL_ERROR, "The gateway failed; its log tells more under the id " + id);
    }

    private static void problem(Context context, ProblemCode code, String detail) {
        write(context, Answer.problem(Problem.of(code, detail)));
    }

    private static void write(Context context, Answer answer) {
        context.status(answer.status()).header("Cache-Control", "no-store");
        answer.headers().forEach(context::header);
        if (answer.body().isEmpty()) {
            context.res().setContentType(null);
            return;
        }
        context.contentType(answer.contentType()).result(bytes(answer.body().get()));
    }

    /** The JSON text in UTF-8. Texts of the client may hold lone surrogates, which have no UTF-8 form: they become "?". */
    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
