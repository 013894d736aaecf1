package dev.standing.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.standing.gateway.access.Admission;
import dev.standing.gateway.access.Authenticator;
import dev.standing.gateway.access.Caller;
import dev.standing.gateway.access.CallerLimits;
import dev.standing.gateway.access.Gate;
import dev.standing.gateway.access.RpcCredentials;
import dev.standing.gateway.access.Verdict;
import dev.standing.gateway.metrics.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that go away while their requests wait. */
class GoneClientsTest {

    private static final int MOST = 3;

    private final CallerLimits limits = new CallerLimits(0, MOST, keyId -> Optional.empty());
    private final BlockingQueue<CompletableFuture<Answer>> waiting = new LinkedBlockingQueue<>();
    private final TestServer server =
            new TestServer(entrance(new Gate(new Everybody(), limits, "None")), Route.get("/late", request -> {
                CompletableFuture<Answer> answer = new CompletableFuture<>();
                waiting.add(answer);
                return answer;
            }));

    private static Entrance entrance(Gate gate) {
        return new GuardedEntrance(gate, new GatewayMetrics(new SimpleMeterRegistry()));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** The wait has an end of its own; with it ends what the caller is charged for. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theirPlacesAreFreeWhenTheWaitIsOver(boolean reset) throws Exception {
        List<CompletableFuture<Answer>> waits = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            Socket client = server.send("GET /late HTTP/1.1\r\nHost: localhost\r\n\r\n");
            waits.add(waiting.poll(20, TimeUnit.SECONDS));
            client.setSoLinger(reset, 0);
            client.close();
        }
        assertThat(limits.enter(Caller.ANYBODY)).isInstanceOf(Admission.TooMany.class);

        waits.forEach(wait -> wait.complete(Answer.json(200, JsonNodeFactory.instance.textNode("late"))));

        await().untilAsserted(() -> assertThat(free()).isEqualTo(MOST));
    }

    private int free() {
        List<Admission.Permit> permits = new ArrayList<>();
        while (limits.enter(Caller.ANYBODY) instanceof Admission.Permit permit) {
            permits.add(permit);
        }
        permits.forEach(Admission.Permit::close);
        return permits.size();
    }

    private static final class Everybody implements Authenticator {

        @Override
        public CompletableFuture<Verdict> byHeader(Optional<String> authorization) {
            return CompletableFuture.completedFuture(new Verdict.Admitted(Caller.ANYBODY));
        }

        @Override
        public Verdict bySignature(RpcCredentials credentials, byte[] payload) {
            return new Verdict.Admitted(Caller.ANYBODY);
        }
    }
}
