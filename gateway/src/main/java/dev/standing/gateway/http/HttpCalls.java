package dev.standing.gateway.http;

import dev.standing.gateway.access.Caller;
import dev.standing.gateway.log.RequestTag;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all calls have in common: media type, length, methods, and what becomes of failures. */
final class HttpCalls {

    private static final Logger LOG = LoggerFactory.getLogger(HttpCalls.class);
    private static final Entrance.Decision EVERYBODY = new Entrance.Decision.In(Caller.ANYBODY, () -> {});
    private static final Set<String> HANDLER_KINDS = HandlerType.values().stream()
            .filter(type -> !type.isHttpMethod())
            .map(HandlerType::name)
            .collect(Collectors.toUnmodifiableSet());
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    /** Smaller answers are always sent. */
    private static final int UNCOUNTED_BYTES = 64 * 1024;

    private static final Answer NO_ROOM = Answer.problem(
                    Problem.of(ProblemCode.UNAVAILABLE, "Too many large answers are on their way; try again later."))
            .with(Header.RETRY_AFTER, "1");

    private final int maxBodyBytes;
    private final BodyMemory memory;
    private final Entrance entrance;
    private final IdleClock idle;
    private final Executor writers;

    /**
     * Calls.
     *
     * @param memory where large answers are kept until clients have read them
     * @param idle the time after which idle connections are closed
     * @param writers who writes answers
     */
    HttpCalls(int maxBodyBytes, BodyMemory memory, Entrance entrance, IdleClock idle, Executor writers) {
        this.maxBodyBytes = maxBodyBytes;
        this.memory = memory;
        this.entrance = entrance;
        this.idle = idle;
        this.writers = writers;
    }

    void addTo(JavalinConfig config, List<Route> routes) {
        config.routes.before(HttpCalls::refuseKinds);
        config.routes.before(HttpCalls::refuseOverride);
        config.routes.before(HttpCalls::refuseSteps);
        config.routes.before(HttpCalls::refuseBrokenEscapes);
        routes.forEach(route -> add(config, route));
        config.routes.exception(MethodNotAllowedResponse.class, HttpCalls::methodNotAllowed);
        config.routes.exception(HttpResponseException.class, this::refused);
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

    /** Javalin takes its names of kinds of handlers for methods, and would answer that all is well. */
    private static void refuseKinds(Context context) {
        if (HANDLER_KINDS.contains(context.req().getMethod())) {
            problem(context, ProblemCode.INVALID_REQUEST, "There is no such method");
            context.skipRemainingHandlers();
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

    /** Jetty lets them pass behind a semicolon, and Javalin fails at them. */
    private static void refuseBrokenEscapes(Context context) {
        if (BROKEN_ESCAPE.matcher(context.req().getRequestURI()).find()) {
            problem(context, ProblemCode.INVALID_REQUEST, "In a path, % is followed by two hexadecimal digits");
            context.skipRemainingHandlers();
        }
    }

    private void handle(Context context, Route route) {
        idle.stop(context.req());
        context.future(() -> {
            Map<String, List<String>> headers = headers(context);
            return route.roles().isEmpty()
                    ? exchange(context, route, headers, EVERYBODY)
                    : admission(context, route, headers);
        });
    }

    private CompletableFuture<Void> admission(Context context, Route route, Map<String, List<String>> headers) {
        CompletableFuture<Entrance.Decision> decision =
                entrance.enter(headers.getOrDefault(Header.AUTHORIZATION, List.of()), route.roles());
        Function<Entrance.Decision, CompletableFuture<Void>> then =
                RequestTag.carry((Entrance.Decision made) -> exchange(context, route, headers, made));
        // Where the decision took its time, it was made by a thread that is not to be kept.
        return decision.isDone() ? decision.thenCompose(then) : decision.thenComposeAsync(then, writers);
    }

    private CompletableFuture<Void> exchange(
            Context context, Route route, Map<String, List<String>> headers, Entrance.Decision decision) {
        if (decision instanceof Entrance.Decision.Away away) {
            return send(context, route, headers, away.answer());
        }
        Entrance.Decision.In in = (Entrance.Decision.In) decision;
        CompletableFuture<Void> sent;
        try {
            sent = answer(context, route, headers, in.caller())
                    .thenComposeAsync(
                            RequestTag.carry((Answer answer) -> send(context, route, headers, answer)), writers);
        } catch (RuntimeException e) {
            in.leave().run();
            throw e;
        }
        return sent.whenComplete((done, failure) -> in.leave().run());
    }

    private CompletableFuture<Answer> answer(
            Context context, Route route, Map<String, List<String>> headers, Caller caller) {
        boolean hasBody = route.method().hasBody();
        if (hasBody && !MediaType.isUtf8Json(headers.getOrDefault(Header.CONTENT_TYPE, List.of()))) {
            return refused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json in UTF-8");
        }
        Optional<byte[]> body = body(context);
        if (body.isEmpty()) {
            return refused(ProblemCode.BODY_TOO_LARGE, "A body has at most " + maxBodyBytes + " bytes");
        }
        if (!hasBody && body.get().length > 0) {
            return refused(ProblemCode.INVALID_REQUEST, route.method() + " takes no body here");
        }
        String query = Optional.ofNullable(context.req().getQueryString()).orElse("");
        Request request = new Request(context.pathParamMap(), query, headers, body.get());
        return route.endpoint().answer(request.from(caller));
    }

    private static CompletableFuture<Answer> refused(ProblemCode code, String detail) {
        return CompletableFuture.completedFuture(Answer.problem(Problem.of(code, detail)));
    }

    private static Map<String, List<String>> headers(Context context) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(context.req().getHeaderNames())) {
            headers.put(name, Collections.list(context.req().getHeaders(name)));
        }
        return headers;
    }

    /** The body, which has arrived ({@link WholeBody}); empty if it is too large. */
    private Optional<byte[]> body(Context context) {
        try {
            byte[] body = context.bodyInputStream().readNBytes(maxBodyBytes + 1);
            return body.length <= maxBodyBytes ? Optional.of(body) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private void refused(HttpResponseException exception, Context context) {
        if (exception.getStatus() == ProblemCode.NOT_FOUND.status()) {
            problem(context, ProblemCode.NOT_FOUND, "There is nothing at this path");
        } else {
            failed(context, exception);
        }
    }

    private void failed(Context context, Exception exception) {
        idle.start(context.req());
        Optional<String> id = Envelope.idOf(context.req());
        RequestTag.during(id, () -> LOG.error("Request failed", exception));
        problem(
                context,
                ProblemCode.INTERNAL_ERROR,
                "The gateway failed; its log tells more under the id " + id.orElse("of this request"));
    }

    private static void problem(Context context, ProblemCode code, String detail) {
        write(context, Answer.problem(Problem.of(code, detail)));
    }

    /** Answers with what is short. */
    private static void write(Context context, Answer answer) {
        head(context, answer);
        if (!(answer.body() instanceof Body.Empty)) {
            context.result(bytes(answer.body()));
        }
    }

    /** Answers with whatever it is, without keeping the thread until the client has read it. */
    private CompletableFuture<Void> send(
            Context context, Route route, Map<String, List<String>> headers, Answer answer) {
        idle.start(context.req());
        if (answer.body() instanceof Body.Stream stream) {
            return stream(context, route, headers, answer, stream);
        }
        byte[] whole = bytes(answer.body());
        // Documents that many have in common take no memory of their own, and what was done is told in any case.
        boolean isCounted =
                route.method() == Method.GET && answer.body() instanceof Body.Json && whole.length > UNCOUNTED_BYTES;
        if (isCounted && !memory.take(whole.length)) {
            write(context, NO_ROOM);
            return CompletableFuture.completedFuture(null);
        }
        head(context, answer);
        context.res().setContentLength(whole.length);
        OutgoingBody outgoing = outgoing(context);
        outgoing.write(whole);
        outgoing.end();
        outgoing.begin();
        return isCounted
                ? outgoing.ended().whenComplete((done, failure) -> memory.giveBack(whole.length))
                : outgoing.ended();
    }

    private CompletableFuture<Void> stream(
            Context context, Route route, Map<String, List<String>> headers, Answer answer, Body.Stream stream) {
        head(context, answer);
        if (context.req().getMethod().equals("HEAD")) {
            return CompletableFuture.completedFuture(null);
        }
        OutgoingBody outgoing = outgoing(context);
        List<String> authorization = headers.getOrDefault(Header.AUTHORIZATION, List.of());
        stream.begin().accept(new AdmittedStream(outgoing, () -> entrance.stillAdmits(authorization, route.roles())));
        outgoing.begin();
        return outgoing.ended();
    }

    private OutgoingBody outgoing(Context context) {
        try {
            return new OutgoingBody(context.res().getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void head(Context context, Answer answer) {
        context.status(answer.status());
        answer.headers().forEach(context::header);
        if (answer.body() instanceof Body.Empty) {
            context.res().setContentType(null);
        } else {
            context.contentType(answer.contentType());
        }
    }

    /** JSON in UTF-8. Texts of the client may hold lone surrogates, which have no UTF-8 form: they become "?". */
    private static byte[] bytes(Body body) {
        if (body instanceof Body.Json json) {
            return json.document().toString().getBytes(StandardCharsets.UTF_8);
        }
        return body instanceof Body.Bytes bytes ? bytes.bytes() : new byte[0];
    }
}
