package dev.standing.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are not what HTTP/1.1 has them be. */
class UnusualRequestsTest {

    private final AtomicInteger taken = new AtomicInteger();
    private final TestServer server = new TestServer(
            Entrance.open(),
            Route.get("/it", request -> taken()),
            Route.post("/it", request -> taken()),
            Route.delete("/it", request -> taken()));

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private CompletableFuture<Answer> taken() {
        taken.incrementAndGet();
        return CompletableFuture.completedFuture(Answer.noContent());
    }

    /** That a version is unknown is no failure of the server, of which its people would have to be told. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/0.9", "HTTP/2.0", "HTTP/3", "HTTP", "RTSP/1.0", ""})
    void anotherVersionIsAnInvalidRequest(String version) throws Exception {
        String answer = TestServer.answer(server.send("GET /it " + version + "\r\nHost: localhost\r\n\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"status\":400", "\"code\":\"INVALID_REQUEST\"");
        assertThat(taken).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "chunked, chunked", "deflate,chunked", "identity, chunked"})
    void aBodyOfWhichMoreIsSaidThanThatItComesInChunksIsRefused(String coding) throws Exception {
        String answer =
                TestServer.answer(server.send(post("Transfer-Encoding: " + coding + "\r\n\r\n2\r\n{}\r\n0\r\n\r\n")));

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"INVALID_REQUEST\"");
        assertThat(taken).hasValue(0);
    }

    @Test
    void chunksAreTaken() throws Exception {
        assertThat(TestServer.answer(server.send(post("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"))))
                .startsWith("HTTP/1.1 204 ");
        assertThat(taken).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUERY", "get", "Post", "PUT", "TRACE", "X"})
    void aMethodThatNoRouteHasIsNotAllowed(String method) throws Exception {
        assertThat(answer(method)).startsWith("HTTP/1.1 405 ").contains("METHOD_NOT_ALLOWED", "Allow: ");
        assertThat(taken).hasValue(0);
    }

    /** Javalin knows kinds of handlers by names that a request can have as its method. */
    @ParameterizedTest
    @ValueSource(strings = {"BEFORE", "AFTER", "BEFORE_MATCHED", "AFTER_MATCHED", "WEBSOCKET_BEFORE_UPGRADE"})
    void aMethodThatIsTheNameOfAKindOfHandlersIsRefused(String method) throws Exception {
        assertThat(answer(method)).startsWith("HTTP/1.1 400 ").contains("INVALID_REQUEST");
        assertThat(taken).hasValue(0);
    }

    private String answer(String method) throws Exception {
        return TestServer.answer(server.send(method + " /it HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    private static String post(String rest) {
        return "POST /it HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n" + rest;
    }
}
