package dev.standing.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.standing.audit.verify.Answers.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayAnswersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Instant KNOWN_AT = Instant.parse("2026-01-31T00:00:00.5Z");

    private final Queue<Integer> statuses = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final AtomicLong nanoTime = new AtomicLong();
    private volatile Duration latency = Duration.ZERO;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            nanoTime.addAndGet(latency.toNanos());
            asked.add(exchange.getRequestURI().toString());
            byte[] body = "{\"version\": 3}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Retry-After", "0");
            exchange.sendResponseHeaders(statuses.remove(), body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theCustomerIsAskedAboutAsItWasKnownThen() throws Exception {
        statuses.add(200);

        assertThat(gateway().ask("a/\u00e9 1", KNOWN_AT)).isInstanceOf(Answer.Told.class);
        assertThat(asked).containsExactly("/v1/customers/a%2F%C3%A9%201?knownAt=2026-01-31T00:00:00.500Z");
    }

    @Test
    void aGatewayThatIsBusyIsAskedAgain() throws Exception {
        statuses.addAll(List.of(503, 429, 200));

        Answer answer = gateway().ask("c", KNOWN_AT);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Told.class,
                        told -> assertThat(told.customer().path("version").asInt())
                                .isEqualTo(3));
        assertThat(asked).hasSize(3);
    }

    @Test
    void anAnswerThatIsNoCustomerIsNotAskedForAgain() throws Exception {
        statuses.add(404);

        assertThat(gateway().ask("c", KNOWN_AT)).isInstanceOf(Answer.Refused.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aLongTimeInWhichNothingWasAskedDoesNotCountAsSilence() throws Exception {
        GatewayAnswers gateway = gateway();
        nanoTime.addAndGet(PATIENCE.multipliedBy(2).toNanos());
        statuses.addAll(List.of(503, 200));

        assertThat(gateway.ask("c", KNOWN_AT)).isInstanceOf(Answer.Told.class);
    }

    @Test
    void afterALongSilenceEachQuestionIsAskedOnceOnlyUntilOneIsAnswered() throws Exception {
        GatewayAnswers gateway = gateway();
        statuses.addAll(List.of(503, 503, 200, 503, 200));

        latency = PATIENCE.multipliedBy(2);
        assertThat(gateway.ask("1", KNOWN_AT)).isInstanceOf(Answer.Unavailable.class);
        latency = Duration.ZERO;
        assertThat(gateway.ask("2", KNOWN_AT)).isInstanceOf(Answer.Unavailable.class);
        assertThat(gateway.ask("3", KNOWN_AT)).isInstanceOf(Answer.Told.class);
        assertThat(gateway.ask("4", KNOWN_AT)).isInstanceOf(Answer.Told.class);
        assertThat(asked).hasSize(5);
    }

    @Test
    void aGatewayThatNeverAnswersIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://" + silent.getInetAddress().getHostAddress() + ":" + silent.getLocalPort();
            GatewayAnswers gateway = new GatewayAnswers(url, Optional.empty(), Duration.ofMillis(100));

            assertThat(gateway.ask("c", KNOWN_AT)).isInstanceOf(Answer.Unavailable.class);
        }
    }

    private GatewayAnswers gateway() {
        return new GatewayAnswers(
                "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                        + server.getAddress().getPort(),
                Optional.empty(),
                PATIENCE,
                nanoTime::get);
    }
}
