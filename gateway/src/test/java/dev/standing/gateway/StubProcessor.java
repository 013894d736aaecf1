package dev.standing.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.standing.service.query.AnsweredQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The query service of a processor, with answers that are put in. What was not put in is unknown. */
public final class StubProcessor implements AutoCloseable {

    /**
     * An answer.
     *
     * @param location where it points to; empty: nowhere
     */
    public record Stub(int status, String location, String body) {}

    private static final Stub UNKNOWN = new Stub(404, "", "{\"code\":\"UNKNOWN_CUSTOMER\",\"detail\":\"Nobody.\"}");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Stub> stubs = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private volatile Stub otherwise = UNKNOWN;
    private volatile Optional<String> answered = Optional.empty();

    /** Starts on a free port. */
    public StubProcessor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Puts in an answer of status 200 to a path with its query. */
    public StubProcessor knows(String pathAndQuery, String body) {
        return answers(pathAndQuery, new Stub(200, "", body));
    }

    /** Puts in an answer to a path with its query. */
    public StubProcessor answers(String pathAndQuery, Stub stub) {
        stubs.put(pathAndQuery, stub);
        return this;
    }

    /** Puts in the answer to everything else. */
    public StubProcessor otherwise(Stub stub) {
        otherwise = stub;
        return this;
    }

    /** Says from now on that it answers this path with its query, whatever it is asked. */
    public StubProcessor saysThatItAnswers(String pathAndQuery) {
        answered = Optional.of(pathAndQuery);
        return this;
    }

    /** The paths with their queries that it was asked for, in their order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Its base URL. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String pathAndQuery = uri.getRawPath() + "?" + uri.getRawQuery();
        asked.add(pathAndQuery);
        Stub stub = stubs.getOrDefault(pathAndQuery, otherwise);
        if (!stub.location().isEmpty()) {
            exchange.getResponseHeaders().add("Location", stub.location());
        }
        exchange.getResponseHeaders().add(AnsweredQuery.HEADER, answered.orElse(pathAndQuery));
        byte[] body = stub.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(stub.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
