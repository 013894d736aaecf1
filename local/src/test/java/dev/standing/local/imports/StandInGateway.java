package dev.standing.local.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Answers as a gateway does, and remembers every effect. A subordinate whose id begins with "bad" is refused, at
 * a customer that is called "broken" it breaks, and at one that is called "cut" the connection does.
 */
final class StandInGateway implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer over HTTP. */
    record Reply(int status, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Reply> requests = new HashMap<>();
    private final Set<String> customers = new HashSet<>();
    private final List<String> effects = new ArrayList<>();
    private Function<String, Integer> trouble = requestId -> 0;
    private int attempts;
    private int underWay;
    private int mostUnderWay;

    StandInGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has attempts, counted over all requests, answered with a status: 0 as they should be. */
    synchronized void trouble(Function<Integer, Integer> statusOfAttempt) {
        trouble = requestId -> statusOfAttempt.apply(attempts);
        attempts = 0;
    }

    /** Has the attempts of each request answered with these statuses in turn; negative: as that, but decided all the same. */
    synchronized void troubleEach(int... statuses) {
        Map<String, Integer> attemptsOf = new HashMap<>();
        trouble = requestId -> statuses[(attemptsOf.merge(requestId, 1, Integer::sum) - 1) % statuses.length];
    }

    /** All effects, in their order: {@code c-1}, {@code c-1/a-1}. */
    synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    synchronized int mostUnderWay() {
        return mostUnderWay;
    }

    private void handle(HttpExchange exchange) throws IOException {
        begin();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Reply reply = reply(
                exchange.getRequestURI().getPath(), exchange.getRequestHeaders().getFirst("Idempotency-Key"), body);
        if (body.contains("\"cut\"")) {
            exchange.close();
            return;
        }
        byte[] bytes = reply.body().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized void begin() {
        underWay++;
        mostUnderWay = Math.max(mostUnderWay, underWay);
    }

    private synchronized Reply reply(String path, String requestId, String body) {
        underWay--;
        attempts++;
        int status = trouble.apply(requestId);
        if (status > 0) {
            return new Reply(status, "{\"code\":\"UNAVAILABLE\",\"detail\":\"busy\"}");
        }
        if (body.contains("\"broken\"")) {
            return new Reply(500, "{\"code\":\"INTERNAL_ERROR\",\"detail\":\"broken\"}");
        }
        Reply remembered = requests.get(requestId);
        Reply reply = remembered == null ? decide(path, body) : replayed(remembered);
        requests.putIfAbsent(requestId, reply);
        return status < 0 ? new Reply(-status, "{}") : reply;
    }

    private static Reply replayed(Reply reply) {
        return new Reply(reply.status(), reply.body().replace("\"replayed\":false", "\"replayed\":true"));
    }

    private Reply decide(String path, String body) {
        JsonNode request;
        try {
            request = JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] segments = path.split("/", -1);
        return segments.length == 3 ? register(request) : add(segments[3], request);
    }

    private Reply register(JsonNode request) {
        String id = request.path("customerId").textValue();
        if (!customers.add(id)) {
            return problem(409, "ALREADY_REGISTERED", "customerId");
        }
        effects.add(id);
        return done();
    }

    private Reply add(String customerId, JsonNode request) {
        if (!customers.contains(customerId)) {
            return problem(404, "UNKNOWN_CUSTOMER", "customerId");
        }
        for (JsonNode subordinate : request.path("subordinates")) {
            if (subordinate.path("id").textValue().startsWith("bad")) {
                return problem(422, "INVALID_HIERARCHY", "subordinates");
            }
        }
        for (JsonNode subordinate : request.path("subordinates")) {
            effects.add(customerId + "/" + subordinate.path("id").textValue());
        }
        return done();
    }

    private static Reply done() {
        return new Reply(201, "{\"status\":\"REGISTERED\",\"replayed\":false}");
    }

    private static Reply problem(int status, String code, String field) {
        return new Reply(
                status,
                "{\"code\":\"" + code + "\",\"field\":\"" + field + "\",\"detail\":\"because of " + field + "\"}");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
