package dev.standing.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.docs.ApiContract;
import dev.standing.gateway.docs.Exchange;
import dev.standing.gateway.json.MalformedJsonException;
import dev.standing.gateway.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Whatever comes over the wire is answered, or its connection closed, within a bounded time; no answer says that the
 * gateway is at fault, how it is made, or what is secret; what is malformed sends nothing; and afterwards all is as before.
 *
 * <p>{@code -Dstanding.hostile.factor=20} has every try do as much as twenty.
 */
class HostileInputTest {

    private static final int FACTOR = Integer.getInteger("standing.hostile.factor", 1);
    private static final String OTHER_REQUEST = "POST /v1/customers HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 38\r\n\r\n{\"requestId\":\"r\",\"customerId\":\"inner\"}";

    private final HostileServer open = HostileServer.open();
    private final HostileServer guarded = HostileServer.guarded();

    HostileInputTest() throws IOException {}

    @AfterProperty
    void nothingIsLeftBehind() throws IOException {
        try {
            open.assertUnharmed();
            guarded.assertUnharmed();
        } finally {
            open.close();
            guarded.close();
        }
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void bodies(@ForAll long seed) {
        each(seed, (server, random) -> {
            Ask ask = pick(random, Ask.writes(server.authorization()));
            HostileJson.Mutant mutant = new HostileJson(random).mutant(json(ask.body()));
            Ask hostile = ask.withBody(mutant.bytes());

            List<RawAnswer> answers = exchange(server, hostile.bytes(), server.secrets());

            assertAnsweredOnce(hostile, answers);
            RawAnswer answer = answers.get(0);
            int commands = server.takeCommands().size();
            int successes = successes(hostile, answer);
            String shown = Wire.shown(hostile.bytes()) + "\n\n" + answer;
            assertThat(commands).as(shown).isBetween(successes, successes + unansweredOrTurnedDown(hostile, answer));
            if (mutant.isMalformed()) {
                assertThat(commands).as(shown).isZero();
                assertThat(answer.status()).as(shown).isIn(hostile.path().equals("/jsonrpc") ? 200 : 400, 413);
            }
            checkContract(hostile, answer);
        });
    }

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void targets(@ForAll long seed) {
        each(seed, (server, random) -> {
            Ask ask = pick(random, Ask.wellFormed(server.authorization()));
            String target = new HostileHead(random).target(ask.target());
            String method = random.nextInt(4) == 0 ? new HostileHead(random).method() : ask.method();
            exchange(server, ask.withTarget(target).withMethod(method).bytes());
        });
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void headers(@ForAll long seed) {
        each(seed, (server, random) -> {
            Ask ask = pick(random, Ask.wellFormed(server.authorization()));
            HostileHead head = new HostileHead(random);
            for (int i = random.nextInt(3); i >= 0; i--) {
                ask = ask.withHeader(head.header());
            }
            if (random.nextInt(8) == 0) {
                ask = ask.withVersion(head.version());
            }
            exchange(server, ask.bytes());
        });
    }

    /** A proxy that sees the end of a request elsewhere must not be made to let one through that it has not seen. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void framings(@ForAll long seed) {
        each(seed, (server, random) -> {
            Ask ask = Ask.writes(server.authorization()).get(0);
            List<String> lines = new ArrayList<>(ask.headers());
            lines.addAll(new HostileHead(random).ambiguousFraming(OTHER_REQUEST.length() + 5));
            byte[] body = ("0\r\n\r\n" + OTHER_REQUEST).getBytes(StandardCharsets.US_ASCII);
            byte[] sent = ask.withBody(body).bytes(lines);

            List<RawAnswer> answers = exchange(server, sent);

            assertThat(server.takeCommands()).as(Wire.shown(sent)).isEmpty();
            assertThat(answers)
                    .as(Wire.shown(sent))
                    .allSatisfy(answer -> assertThat(answer.status()).isGreaterThanOrEqualTo(400));
        });
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void chunks(@ForAll long seed) {
        each(seed, (server, random) -> {
            Ask ask = pick(random, Ask.writes(server.authorization()));
            List<String> lines = new ArrayList<>(ask.headers());
            lines.add("Transfer-Encoding: chunked");
            lines.add("Connection: close");
            byte[] chunks = new HostileHead(random).chunks(ask.body());
            exchange(server, ask.withBody(chunks).bytes(lines));
        });
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void bytesThatAreNoRequests(@ForAll long seed) {
        each(seed, (server, random) -> {
            byte[] request =
                    pick(random, Ask.wellFormed(server.authorization())).bytes();
            exchange(server, new HostileHead(random).noise(request));
        });
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void manyRequestsAtOnceOnOneConnection(@ForAll long seed) {
        each(seed, (server, random) -> {
            StringBuilder sent = new StringBuilder();
            List<Ask> asks = pipeline(server, random);
            asks.forEach(ask -> {
                List<String> lines = new ArrayList<>(ask.headers());
                lines.add("Content-Length: " + ask.body().length);
                sent.append(new String(ask.bytes(lines), StandardCharsets.ISO_8859_1));
            });
            byte[] bytes = sent.toString().getBytes(StandardCharsets.ISO_8859_1);

            List<RawAnswer> answers = exchange(server, bytes);

            assertThat(answers).as(Wire.shown(bytes)).hasSameSizeAs(asks);
        });
    }

    private static List<Ask> pipeline(HostileServer server, Random random) {
        List<Ask> choice = Ask.wellFormed(server.authorization()).stream()
                // It has no end.
                .filter(ask -> !ask.path().equals("/v1/events"))
                .toList();
        return Stream.generate(() -> pick(random, choice))
                .limit(1 + random.nextInt(20))
                .toList();
    }

    /** What is done to a server, as a source of chance says. */
    private interface Deed {

        void doTo(HostileServer server, Random random);
    }

    private void each(long seed, Deed deed) {
        Random random = new Random(seed);
        for (int i = 0; i < FACTOR; i++) {
            HostileServer server = random.nextInt(4) == 0 ? guarded : open;
            server.takeCommands();
            deed.doTo(server, random);
        }
    }

    /** The made-up secret may stand where an id belongs here, which is answered. */
    private static List<RawAnswer> exchange(HostileServer server, byte[] sent) {
        return exchange(server, sent, server.realSecrets());
    }

    private static List<RawAnswer> exchange(HostileServer server, byte[] sent, List<String> secrets) {
        List<RawAnswer> answers = server.wire().exchange(sent);
        for (RawAnswer answer : answers) {
            assertThat(AnswerRules.broken(answer, secrets))
                    .as(Wire.shown(sent) + "\n\n" + answer)
                    .isEmpty();
        }
        return answers;
    }

    private static void assertAnsweredOnce(Ask ask, List<RawAnswer> answers) {
        assertThat(answers).as(Wire.shown(ask.bytes())).hasSize(1);
    }

    private static int successes(Ask ask, RawAnswer answer) {
        if (!ask.path().equals("/jsonrpc")) {
            return answer.status() < 300 ? 1 : 0;
        }
        return answer.status() == 200
                ? (int) json(answer.body()).findParents("result").stream()
                        .filter(parent -> parent.has("result"))
                        .count()
                : 0;
    }

    /** How many commands there are at most that did not succeed: notifications, and what the processor turned down. */
    private static int unansweredOrTurnedDown(Ask ask, RawAnswer answer) {
        if (!ask.path().equals("/jsonrpc")) {
            return answer.text().contains("REASON_REQUIRED") ? 1 : 0;
        }
        return new String(ask.body(), StandardCharsets.UTF_8).split("2\\.0", -1).length - 1;
    }

    private static void checkContract(Ask ask, RawAnswer answer) {
        if (answer.text().contains("E+") || answer.text().contains("E-")) {
            // An id as large as this is no number to who checks.
            return;
        }
        // In a batch one call may be taken and another not, and a notification is not answered at all.
        Optional<String> sent = ask.path().equals("/jsonrpc")
                ? Optional.empty()
                : Optional.of(new String(ask.body(), StandardCharsets.UTF_8));
        ApiContract.get()
                .check(new Exchange(ask.method(), ask.path(), sent, answer.status(), answer.headers(), answer.text()));
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return StrictJson.parse(bytes);
        } catch (MalformedJsonException e) {
            throw new AssertionError("This is no JSON: " + Wire.shown(bytes), e);
        }
    }

    private static <T> T pick(Random random, List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
