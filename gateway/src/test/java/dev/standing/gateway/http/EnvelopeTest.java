package dev.standing.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What every answer has. */
class EnvelopeTest {

    private static final List<String> SECURITY = List.of(
            "Cache-Control: no-store",
            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy: same-origin",
            "Referrer-Policy: no-referrer",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY");

    private final TestServer server = new TestServer(
            Entrance.open(),
            Route.get("/ok", request -> CompletableFuture.completedFuture(Answer.noContent())),
            Route.get(
                    "/later",
                    request -> CompletableFuture.supplyAsync(() -> {
                        throw new IllegalStateException("on purpose");
                    })));

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ok HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /nowhere HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /later HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "POST /ok HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 2\r\n\r\nxx",
                "GET /%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /a\\b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
            })
    void everyAnswerTellsBrowsersToBeCarefulAndHasAnId(String request) throws Exception {
        List<String> answer = TestServer.answer(server.send(request)).lines().toList();

        assertThat(answer).containsAll(SECURITY);
        assertThat(answer).filteredOn(line -> line.startsWith("X-Request-Id: ")).hasSize(1);
        assertThat(answer).noneMatch(line -> line.startsWith("Server:"));
    }

    @Test
    void theIdOfTheClientIsAnswered() throws Exception {
        assertThat(idOf(server.get("/ok", "X-Request-Id", "A-b_c.1"))).isEqualTo("A-b_c.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "é", "", "12345678901234567890123456789012345678901234567890123456789012345"})
    void anIdThatCouldDoHarmIsReplaced(String id) throws Exception {
        assertThat(TestServer.answer(server.send(
                        "GET /ok HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX-Request-Id: " + id + "\r\n\r\n")))
                .containsPattern("X-Request-Id: [0-9a-f]{16}\r\n");
    }

    @Test
    void whatIsLoggedOfARequestHasItsId() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(HttpCalls.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            HttpResponse<String> answer = server.get("/later", "X-Request-Id", "mine");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("under the id mine").doesNotContain("on purpose");
            assertThat(log.list)
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMDCPropertyMap()).containsEntry("request", "mine"));
        } finally {
            logger.detachAppender(log);
        }
    }

    private static String idOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }
}
