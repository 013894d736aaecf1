package dev.standing.gateway.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.standing.gateway.metrics.GatewayMetrics;
import dev.standing.service.metrics.ServiceMetrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that send a part of a body and then nothing. */
class SlowClientsTest {

    private static final int THREADS = 8;
    private static final int MAX_BODY = 1_000;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int PATIENCE_MILLIS = 20_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final CompletableFuture<Answer> late = new CompletableFuture<>();
    private final List<Socket> slow = new ArrayList<>();
    private final ServiceMetrics serviceMetrics = new ServiceMetrics();
    private HttpServer server;

    @BeforeEach
    void start() {
        start(LONG);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        server.stopAccepting();
        server.close();
        serviceMetrics.close();
    }

    private void start(Duration idleTimeout) {
        server = HttpServer.start(
                new HttpServerSettings(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        MAX_BODY,
                        1_000_000,
                        1_000,
                        THREADS,
                        idleTimeout,
                        Duration.ofMillis(100)),
                Entrance.open(),
                List.of(Route.post("/echo", SlowClientsTest::echo), Route.post("/late", request -> late)),
                List::of,
                serviceMetrics,
                new GatewayMetrics(serviceMetrics.registry()));
    }

    private static CompletableFuture<Answer> echo(Request request) {
        return CompletableFuture.completedFuture(
                Answer.json(200, JsonNodeFactory.instance.textNode(new String(request.body(), UTF_8))));
    }

    @Test
    void moreOfThemThanThreadsKeepNobodyElseFromBeingAnswered() throws Exception {
        for (int i = 0; i < 5 * THREADS; i++) {
            connect("Content-Length: 1000\r\n\r\nx");
        }

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(post(BodyPublishers.ofString("hello")).body()).isEqualTo("\"hello\"");
    }

    @Test
    void thoseWhoseBodyIsTooLargeKeepNobodyElseFromBeingAnswered() throws Exception {
        for (int i = 0; i < 5 * THREADS; i++) {
            connect("Content-Length: 8000\r\n\r\n" + "x".repeat(2 * MAX_BODY));
        }

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(post(BodyPublishers.ofString("hello")).body()).isEqualTo("\"hello\"");
    }

    @Test
    void theRestOfABodyMayComeLater() throws Exception {
        Socket socket = connect("Connection: close\r\nContent-Length: 4\r\n\r\nab");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        socket.getOutputStream().write("cd".getBytes(US_ASCII));

        assertThat(answer(socket)).startsWith("HTTP/1.1 200").endsWith("\"abcd\"");
    }

    @Test
    void aBodyOfTheGreatestLengthIsTakenAndALongerOneRefused() throws Exception {
        byte[] greatest = "x".repeat(MAX_BODY).getBytes(US_ASCII);
        byte[] longer = "x".repeat(MAX_BODY + 1).getBytes(US_ASCII);
        byte[] longest = "x".repeat(100 * MAX_BODY).getBytes(US_ASCII);

        assertThat(post(BodyPublishers.ofByteArray(greatest)).body()).hasSize(MAX_BODY + 2);
        assertTooLarge(post(BodyPublishers.ofByteArray(longer)));
        assertThat(post(chunked(greatest)).body()).hasSize(MAX_BODY + 2);
        assertTooLarge(post(chunked(longer)));
        assertTooLarge(post(chunked("x".repeat(5 * MAX_BODY).getBytes(US_ASCII))));
        assertThat(answer(
                        connect("Connection: close\r\nContent-Length: 100000\r\n\r\n" + new String(longest, US_ASCII))))
                .startsWith("HTTP/1.1 413")
                .contains("BODY_TOO_LARGE");
    }

    @Test
    void aBodyThatStopsComingIsRefusedAsAProblem() throws Exception {
        server.close();
        start(Duration.ofMillis(100));

        assertThat(answer(connect("Content-Length: 1000\r\n\r\nx")))
                .startsWith("HTTP/1.1 408")
                .contains("application/problem+json")
                .contains("\"code\":\"INVALID_REQUEST\"");
    }

    @Test
    void aRequestThatWaitsForItsAnswerIsNotIdle() throws Exception {
        server.close();
        start(Duration.ofMillis(100));
        CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(
                request("/late").POST(BodyPublishers.ofString("x")).build(), BodyHandlers.ofString());
        // By the time that one connection has been idle for too long, the other one has as well.
        answer(connect("Content-Length: 1000\r\n\r\nx"));
        answer(connect("Content-Length: 1000\r\n\r\nx"));

        late.complete(Answer.json(200, JsonNodeFactory.instance.textNode("late")));

        assertThat(waiting.get().body()).isEqualTo("\"late\"");
    }

    private static void assertTooLarge(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("BODY_TOO_LARGE");
    }

    private static HttpRequest.BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    /** Posts the first part of a request. */
    private Socket connect(String rest) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        slow.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        String head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        socket.getOutputStream().write((head + rest).getBytes(US_ASCII));
        return socket;
    }

    /** All that comes back until the server closes the connection. */
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofMillis(PATIENCE_MILLIS))
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(HttpRequest.BodyPublisher body) throws Exception {
        return client.send(request("/echo").POST(body).build(), BodyHandlers.ofString());
    }
}
