package dev.standing.confluent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Says what it is told to, and remembers the headers of what was asked last. */
final class ScriptedHttp implements AutoCloseable {

    private record Answer(int status, String body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, String> lastHeaders = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    ScriptedHttp() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String hostAndPort() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url() {
        return "http://" + hostAndPort();
    }

    /** Every path that is not told otherwise is answered as {@code /}. */
    ScriptedHttp says(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
        return this;
    }

    String lastHeader(String name) {
        return lastHeaders.getOrDefault(name, "");
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestHeaders().forEach((name, values) -> lastHeaders.put(name, values.get(0)));
        Answer answer = answers.getOrDefault(
                exchange.getRequestURI().getPath(), answers.getOrDefault("/", new Answer(500, "")));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
