package dev.standing.gateway.http;

import dev.standing.gateway.metrics.GatewayMetrics;
import dev.standing.service.metrics.ServiceMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server with routes of a test's own, and its clients. */
final class TestServer implements AutoCloseable {

    static final int THREADS = 8;
    static final int MAX_BODY = 1_000;
    static final int BODY_MEMORY = 4_000_000;
    private static final int PATIENCE_MILLIS = 20_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServiceMetrics metrics = new ServiceMetrics();
    private final List<Socket> sockets = new ArrayList<>();
    private final HttpServer server;

    TestServer(Entrance entrance, Route... routes) {
        this(entrance, Optional.empty(), routes);
    }

    TestServer(Entrance entrance, Optional<TlsFiles> tls, Route... routes) {
        this(entrance, tls, BODY_MEMORY, routes);
    }

    TestServer(Entrance entrance, Optional<TlsFiles> tls, int bodyMemory, Route... routes) {
        server = HttpServer.start(
                new HttpServerSettings(
                        "127.0.0.1",
                        0,
                        tls,
                        MAX_BODY,
                        bodyMemory,
                        1_000,
                        THREADS,
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100)),
                entrance,
                List.of(routes),
                List::of,
                metrics,
                new GatewayMetrics(metrics.registry()));
    }

    int port() {
        return server.port();
    }

    /** Gets a path. Headers are names and values in turn. */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofMillis(PATIENCE_MILLIS));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Connects, and sends text as it is. */
    Socket send(String text) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        // What the client does not read is not to be taken in by its own system instead.
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** All that comes back until the server closes the connection. */
    static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stopAccepting();
        server.close();
        metrics.close();
    }
}
