package dev.standing.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** Many requests that wait, and are answered all at once. */
class ManyAnswersTest {

    private static final int MANY = 900;

    private final Queue<CompletableFuture<Answer>> waiting = new ConcurrentLinkedQueue<>();
    private final TestServer server = new TestServer(Entrance.open(), Route.get("/late", request -> {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiting.add(answer);
        return answer;
    }));

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @RepeatedTest(3)
    void everyOneHasItsAnswer() throws Exception {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            clients.add(server.send("GET /late HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        }
        await().until(() -> waiting.size() == MANY);

        waiting.forEach(answer -> answer.complete(Answer.json(202, JsonNodeFactory.instance.textNode("late"))));

        for (Socket client : clients) {
            assertThat(TestServer.answer(client)).startsWith("HTTP/1.1 202").endsWith("\"late\"");
        }
    }
}
