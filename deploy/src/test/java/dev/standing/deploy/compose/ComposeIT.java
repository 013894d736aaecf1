package dev.standing.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.local.SteadyLoad;
import dev.standing.local.SteadyLoad.Told;
import dev.standing.testing.OnContainers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code docker-compose.yml}, with the commands of README.md, while its processors come and go. */
@OnContainers
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ComposeIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CUSTOMERS_PER_SECOND = 3;

    private final Readme readme = Readme.read();
    private Composition composition;
    private String key;
    private List<String> gateways;

    @BeforeAll
    void up() {
        composition = new Composition();
        composition.build();
        key = composition.standing("keys", "create", "--file", "/etc/standing/keys.json", "--source", "billing");
        composition.up();
        gateways = List.of(composition.address("gateway-1", 8080), composition.address("gateway-2", 8080));
        readme.answer("register-netxd", key, gateways.get(0));
    }

    @AfterAll
    void down() {
        composition.close();
    }

    @Test
    @Order(1)
    void bothApisAnswerWithBothProcessorsWithOneStoppedAndWithOneKilled() throws IOException {
        String first = bothApisAnswer();

        composition.stop("processor-1");
        assertThat(bothApisAnswer()).isEqualTo(first);
        composition.start("processor-1");
        composition.awaitHealthy("processor-1");

        composition.kill("processor-2");
        assertThat(bothApisAnswer()).isEqualTo(first);
        composition.start("processor-2");
        composition.awaitHealthy("processor-2");
        assertThat(bothApisAnswer()).isEqualTo(first);
    }

    /**
     * As README.md says, at both gateways; a client that gets no answer in time asks again.
     *
     * @return the id of the command that README.md's second request became
     */
    private String bothApisAnswer() throws IOException {
        String command = "";
        for (String gateway : gateways) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(readme.answer("CustomerService.UpdateCustomerStatus", key, gateway))
                            .isEqualTo(
                                    "{\"id\":\"1\",\"result\":{\"Id\":\"100000000025001\",\"Status\":\"DORMANT\"}}"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    secondAnswer(gateway).path("status").asText())
                            .isEqualTo("APPLIED"));
            command = secondAnswer(gateway).path("commandId").asText();
        }
        return command;
    }

    private JsonNode secondAnswer(String gateway) throws IOException {
        return JSON.readTree(readme.answer("\"my-first-request\"", key, gateway));
    }

    @Test
    @Order(2)
    void noRequestFailsWhileBothProcessorsAreRestartedInTurn() {
        String basic = "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        try (SteadyLoad one = new SteadyLoad(
                        "http://" + gateways.get(0), "one-", CUSTOMERS_PER_SECOND, "Authorization", basic);
                SteadyLoad two = new SteadyLoad(
                        "http://" + gateways.get(1), "two-", CUSTOMERS_PER_SECOND, "Authorization", basic)) {
            for (String processor : List.of("processor-1", "processor-2")) {
                int before = one.told().size();
                await().atMost(PATIENCE).until(() -> one.told().size() > before + 10 * CUSTOMERS_PER_SECOND);
                composition.stop(processor);
                composition.start(processor);
                composition.awaitHealthy(processor);
            }
            one.endComing();
            two.endComing();
            await().atMost(PATIENCE).until(() -> one.allServed() && two.allServed());

            for (SteadyLoad load : List.of(one, two)) {
                assertThat(load.wrong()).isEmpty();
                assertThat(load.lost()).isZero();
                assertThat(load.told()).extracting(Told::status).isSubsetOf(200, 201, 202);
            }
            System.out.printf(
                    "Rolling restart: %d requests, of which %d were answered 202 first; the longest wait for a final answer was %d ms%n",
                    one.requests().size() + two.requests().size(),
                    asked(one.told()) + asked(two.told()),
                    Math.max(longestWait(one), longestWait(two)));
        }
        assertThat(composition.records("standing.commands.dlq")).isZero();
    }

    private static long asked(Queue<Told> told) {
        return told.stream().filter(answer -> answer.status() == 202).count();
    }

    /** In milliseconds, from the first time that a request was sent to its final answer. */
    private static long longestWait(SteadyLoad load) {
        Map<String, Long> sent = new HashMap<>();
        load.told().forEach(answer -> sent.merge(answer.requestId(), answer.sent(), Math::min));
        return load.told().stream()
                .filter(answer -> Set.of(200, 201).contains(answer.status()))
                .mapToLong(answer -> (answer.answered() - sent.get(answer.requestId())) / 1_000_000)
                .max()
                .orElseThrow();
    }

    @Test
    @Order(3)
    void anAuditFindsNothingWrong() throws IOException {
        JsonNode report = JSON.readTree(composition.standing("audit", "verify", "--json"));

        assertThat(report.path("holds").asBoolean()).as("%s", report).isTrue();
        assertThat(report.path("events").asLong()).isGreaterThan(10 * CUSTOMERS_PER_SECOND);
    }
}
