package dev.standing.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;

/** A registry that answers what a test tells it to, for failures that a real one does not have on demand. */
public final class ScriptedRegistry implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<Reply> next = new ConcurrentLinkedQueue<>();
    private final Map<String, Reply> routes = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public record Request(String line, Optional<String> authorization, String body) {}

    public record Reply(int status, String body, Map<String, String> headers, boolean hangs) {

        public static Reply of(int status, String body) {
            return new Reply(status, body, Map.of(), false);
        }

        public static Reply error(int status, int code, String message) {
            return of(
                    status,
                    JSON.createObjectNode()
                            .put("error_code", code)
                            .put("message", message)
                            .toString());
        }

        public static Reply hangingBeforeHeaders() {
            return new Reply(0, "", Map.of(), true);
        }

        public static Reply hangingAfterHeaders() {
            return new Reply(200, "", Map.of(), true);
        }

        public Reply with(String header, String value) {
            return new Reply(status, body, Map.of(header, value), hangs);
        }
    }

    public ScriptedRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next request, whatever it is; before all routes. */
    public void next(Reply... replies) {
        next.addAll(List.of(replies));
    }

    /** Answers every such request, as {@code GET /path?query}. */
    public void route(String line, Reply reply) {
        routes.put(line, reply);
    }

    public void route(String line, String body) {
        route(line, Reply.of(200, body));
    }

    public void schema(int id, Schema schema) {
        route("GET /schemas/ids/" + id, document(schema).toString());
    }

    public void registered(String subject, int version, int id, Schema schema) {
        ObjectNode document =
                document(schema).put("subject", subject).put("version", version).put("id", id);
        route("GET /subjects/" + subject + "/versions/latest", document.toString());
        route("GET /subjects/" + subject + "/versions/" + version, document.toString());
        route("POST /subjects/" + subject, document.toString());
        schema(id, schema);
    }

    private static ObjectNode document(Schema schema) {
        return JSON.createObjectNode().put("schema", schema.toString());
    }

    public List<Request> requests() {
        return requests;
    }

    public List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(
                line, Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")), body));
        Reply scripted = next.poll();
        Reply reply =
                scripted != null ? scripted : routes.getOrDefault(line, Reply.error(404, 40403, "Schema not found"));
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        if (reply.hangs()) {
            hang(exchange, reply);
        } else {
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    private void hang(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            if (reply.status() > 0) {
                exchange.sendResponseHeaders(reply.status(), 10);
                exchange.getResponseBody().flush();
            }
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        executor.shutdownNow();
    }
}
