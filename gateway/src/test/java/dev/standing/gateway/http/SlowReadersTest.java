package dev.standing.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that ask, and do not read what they are answered. */
class SlowReadersTest {

    /** More than the systems on both ends take in for a client that does not read. */
    private static final int LARGE = 3_900_000;

    private static final String PIECE = "x".repeat(10_000);

    private final BlockingQueue<OpenStream> streams = new LinkedBlockingQueue<>();
    private final TestServer server = new TestServer(
            Entrance.open(),
            Route.get("/large", request -> large()),
            Route.get(
                    "/small",
                    request -> answered(Answer.bytes("text/plain", "small".getBytes(StandardCharsets.UTF_8)))),
            Route.get("/stream", request -> answered(Answer.stream("text/event-stream", streams::add))));

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static CompletableFuture<Answer> large() {
        return answered(Answer.json(200, JsonNodeFactory.instance.textNode("x".repeat(LARGE - 2))));
    }

    private static CompletableFuture<Answer> answered(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    @Test
    void aLargeAnswerThatIsNotReadKeepsNobodyElseFromSmallOnes() throws Exception {
        for (int i = 0; i < 3 * TestServer.THREADS; i++) {
            server.send(get("/large"));
        }

        for (int i = 0; i < TestServer.THREADS; i++) {
            assertThat(server.get("/small").body()).isEqualTo("small");
        }
    }

    @Test
    void largeAnswersBeyondWhatAllMayHoldAreAskedForLater() throws Exception {
        Socket first = server.send(get("/large"));

        await().untilAsserted(() -> {
            var second = server.get("/large");
            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(second.body()).contains("UNAVAILABLE");
        });

        assertThat(TestServer.answer(first)).hasSizeGreaterThan(LARGE);
        await().untilAsserted(() -> assertThat(server.get("/large").body()).hasSize(LARGE));
    }

    @Test
    void aStreamReachesItsReaderInOrder() throws Exception {
        Socket reader = server.send(get("/stream"));
        OpenStream stream = next();
        for (int i = 0; i < 1_000; i++) {
            assertThat(stream.write("line " + i + "\n")).isTrue();
        }
        stream.end();

        String lines = TestServer.answer(reader)
                .lines()
                .filter(line -> line.startsWith("line"))
                .collect(Collectors.joining("\n"));
        assertThat(lines)
                .isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n")));
    }

    @Test
    void whoeverDoesNotReadAStreamIsDroppedAndTheOthersGoOn() throws Exception {
        server.send(get("/stream"));
        OpenStream slow = next();
        Socket reader = server.send(get("/stream"));
        OpenStream quick = next();
        List<String> ended = new ArrayList<>();
        slow.whenEnded(() -> ended.add("slow"));

        writeUntilDropped(slow);

        assertThat(ended).containsExactly("slow");
        assertThat(slow.write("more")).isFalse();
        assertThat(quick.write("still here\n")).isTrue();
        quick.end();
        assertThat(TestServer.answer(reader)).contains("still here");
    }

    @Test
    void whoAsksForTheHeadOfAStreamAloneBeginsNone() throws Exception {
        Socket reader =
                server.send(get("/stream").replace("GET", "HEAD").replace("close", "keep-alive") + get("/small"));

        assertThat(TestServer.answer(reader)).contains("text/event-stream").endsWith("small");
        assertThat(streams).isEmpty();
    }

    @Test
    void aReaderThatIsGoneEndsItsStream() throws Exception {
        Socket reader = server.send(get("/stream"));
        OpenStream stream = next();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        stream.whenEnded(() -> ended.complete(null));
        reader.close();

        await().until(() -> {
            stream.write("anybody?\n");
            return ended.isDone();
        });
    }

    private static void writeUntilDropped(OpenStream stream) {
        int pieces = 0;
        while (stream.write(PIECE)) {
            pieces++;
            assertThat(pieces).as("pieces that nobody reads").isLessThan(10_000);
        }
    }

    private OpenStream next() throws InterruptedException {
        return streams.poll(20, TimeUnit.SECONDS);
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }
}
