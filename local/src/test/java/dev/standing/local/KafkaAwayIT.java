package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.avro.CommandResult;
import dev.standing.avro.CustomerEvent;
import dev.standing.local.RestClient.Answered;
import dev.standing.local.SteadyLoad.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka is away for half a minute in the midst of a load. */
class KafkaAwayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BEFORE = Duration.ofSeconds(8);
    private static final Duration AWAY = Duration.ofSeconds(30);
    private static final Duration AFTER = Duration.ofSeconds(8);

    /** Each sends two requests. */
    private static final int CUSTOMERS_PER_SECOND = 25;

    private static final List<String> SMALL = List.of("-Xmx192m", "-XX:+ExitOnOutOfMemoryError");

    @TempDir
    private Path directory;

    private CrashSite site;

    @BeforeEach
    void start() {
        site = CrashSite.in(directory);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void nothingAcceptedIsLostOrAppliedTwiceAndTheGatewayGoesOnByItself() throws Exception {
        int port = LoopbackPort.free();
        try (LocalProcess processor = site.processor(port);
                LocalProcess gateway = site.gateway(
                        SMALL, "gateway.reply.timeout=PT5S", "gateway.processors=http://127.0.0.1:" + port)) {
            String url = gateway.awaitUrl();
            RestClient rest = new RestClient(url);
            awaiting()
                    .until(() -> rest.post("/v1/customers", "{\"requestId\":\"first\",\"customerId\":\"first\"}")
                                    .status()
                            == 201);
            try (SteadyLoad load = new SteadyLoad(url, CUSTOMERS_PER_SECOND);
                    FeedReader feed = new FeedReader(url);
                    Pulse health = new Pulse(url + "/health/live", Set.of(200), Duration.ofSeconds(5));
                    Pulse query = new Pulse(url + "/v1/customers/first", Set.of(200, 503), Duration.ofSeconds(10))) {
                pass(BEFORE);
                long stopped = System.nanoTime();
                site.stopKafka();
                long gone = System.nanoTime();
                pass(AWAY);
                long starting = System.nanoTime();
                site.startKafka();
                long back = System.nanoTime();
                pass(AFTER);
                load.endComing();
                awaiting().until(() -> load.allServed() || !load.wrong().isEmpty());

                tell("before", load, told -> told.answered() < stopped);
                tell("stopping", load, told -> told.answered() >= stopped && told.answered() < gone);
                tell("away", load, told -> told.answered() >= gone && told.answered() < starting);
                tell("starting", load, told -> told.answered() >= starting && told.answered() < back);
                tell("after", load, told -> told.answered() >= back);
                System.out.printf("first 503 %.1f s after Kafka began to stop%n", first(load, 503, stopped));
                System.out.printf(
                        "first 200 or 201 %.1f s after Kafka was back%n",
                        Math.min(first(load, 200, back), first(load, 201, back)));
                System.out.printf(
                        "last 503 %.1f s, last 202 %.1f s after Kafka was back%n",
                        last(load, 503, back), last(load, 202, back));
                System.out.println("connections lost: " + load.lost() + ", health: " + health.longest() + ", query: "
                        + query.longest());
                assertThat(load.wrong()).isEmpty();
                assertThat(health.wrong()).isEmpty();
                assertThat(query.wrong()).isEmpty();
                assertThat(load.told())
                        .filteredOn(told -> told.sent() > gone && told.answered() < starting)
                        .isNotEmpty()
                        .allMatch(told -> told.status() == 503 || told.status() == 202);
                assertAppliedOnce(load.requests());
                assertSeenOnce(feed);
                assertGoesOn(rest);
                assertThat(gateway.isAlive() && processor.isAlive()).isTrue();
            }
        }
    }

    private void assertAppliedOnce(Set<String> requests) {
        List<CommandResult> results = site.values(site.topics().results(), CommandResult.class);
        assertThat(results)
                .filteredOn(result ->
                        !result.getReplayed() && !result.getCustomerId().equals("first"))
                .extracting(result -> result.getRequestId().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(requests);
        assertThat(site.values(site.topics().events(), CustomerEvent.class))
                .filteredOn(event -> !event.getCustomerId().equals("first"))
                .extracting(event -> event.getRequestId().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(requests);
        assertThat(site.read(site.topics().deadLetters())).isEmpty();
    }

    private void assertSeenOnce(FeedReader feed) {
        List<String> log = site.values(site.topics().events(), CustomerEvent.class).stream()
                .map(CustomerEvent::getEventId)
                .toList();
        awaiting()
                .until(() -> feed.events().size() >= log.size() || !feed.wrong().isEmpty());
        System.out.println("feed: " + feed.visits());
        assertThat(feed.wrong()).isEmpty();
        assertThat(feed.events()).containsExactlyInAnyOrderElementsOf(log);
    }

    private static void assertGoesOn(RestClient rest) throws Exception {
        Answered next = rest.post("/v1/customers", "{\"requestId\":\"next\",\"customerId\":\"next\"}");
        assertThat(next.status()).as(next.toString()).isEqualTo(201);
        assertThat(rest.get("/health/ready").status()).isEqualTo(200);
    }

    /** Lets time pass: how long Kafka is away is what this is about. */
    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }

    private static void tell(String phase, SteadyLoad load, Predicate<Told> within) {
        Map<Integer, Long> statuses = load.told().stream()
                .filter(within)
                .collect(Collectors.groupingBy(Told::status, TreeMap::new, Collectors.counting()));
        Duration slowest = load.told().stream()
                .filter(within)
                .map(Told::took)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        System.out.printf("%s: answers %s, the slowest after %d ms%n", phase, statuses, slowest.toMillis());
    }

    private static double first(SteadyLoad load, int status, long since) {
        return load.told().stream()
                .filter(told -> told.status() == status && told.answered() >= since)
                .mapToDouble(told -> (told.answered() - since) / 1e9)
                .min()
                .orElse(Double.NaN);
    }

    private static double last(SteadyLoad load, int status, long since) {
        return load.told().stream()
                .filter(told -> told.status() == status && told.answered() >= since)
                .mapToDouble(told -> (told.answered() - since) / 1e9)
                .max()
                .orElse(Double.NaN);
    }

    private static ConditionFactory awaiting() {
        return await().atMost(PATIENCE).dontCatchUncaughtExceptions();
    }
}
