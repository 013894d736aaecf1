package dev.standing.gateway.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.gateway.access.Caller;
import dev.standing.gateway.access.Role;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that fill all the room there is for such as send them. */
class BodyRoomTest {

    private static final int ROOM = 40 * (TestServer.MAX_BODY - 1);
    private static final String KNOWN = "Authorization: known\r\n";

    private final TestServer server = new TestServer(
            new Known(),
            Optional.empty(),
            ROOM,
            Route.post("/write", request -> CompletableFuture.completedFuture(Answer.noContent())),
            Route.post("/call", request -> CompletableFuture.completedFuture(Answer.noContent()))
                    .openTo());

    private static final class Known implements Entrance {

        @Override
        public CompletableFuture<Decision> enter(List<String> authorization, Set<Role> roles) {
            return CompletableFuture.completedFuture(
                    authorization.isEmpty()
                            ? new Decision.Away(Answer.problem(Problem.of(ProblemCode.UNAUTHENTICATED, "Who?")))
                            : new Decision.In(Caller.ANYBODY, () -> {}));
        }

        @Override
        public CompletableFuture<Boolean> stillAdmits(List<String> authorization, Set<Role> roles) {
            return CompletableFuture.completedFuture(!authorization.isEmpty());
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void strangersTakeNoRoomFromThoseWhoAreKnownNorFromCalls() throws Exception {
        fill("/write", "");

        await().untilAsserted(() -> assertThat(status("/write", "")).isEqualTo("503"));
        assertThat(status("/write", KNOWN)).isEqualTo("204");
        assertThat(status("/call", "")).isEqualTo("204");
    }

    @Test
    void callsTakeNoRoomFromThoseWhoAreKnown() throws Exception {
        fill("/call", "");

        await().untilAsserted(() -> assertThat(status("/call", "")).isEqualTo("503"));
        assertThat(status("/write", KNOWN)).isEqualTo("204");
        assertThat(status("/write", "")).isEqualTo("401");
    }

    @Test
    void roomIsFreeAgainWhenClientsAreGone() throws Exception {
        List<Socket> clients = fill("/call", "");
        await().untilAsserted(() -> assertThat(status("/call", "")).isEqualTo("503"));

        for (Socket client : clients) {
            client.close();
        }

        await().untilAsserted(() -> assertThat(status("/call", "")).isEqualTo("204"));
    }

    /** Bodies that never end, until there is no room for one of a single byte. */
    private List<Socket> fill(String path, String header) throws Exception {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i <= 40; i++) {
            Socket client = server.send(head(path, header, TestServer.MAX_BODY) + "x".repeat(TestServer.MAX_BODY - 1));
            clients.add(client);
        }
        return clients;
    }

    private String status(String path, String header) throws Exception {
        Socket client = server.send(head(path, header + "Connection: close\r\n", 2));
        client.getOutputStream().write("{}".getBytes(US_ASCII));
        return TestServer.answer(client).split(" ", 3)[1];
    }

    private static String head(String path, String header, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header
                + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
