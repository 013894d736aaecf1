package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.embedded.EmbeddedPlatform;
import dev.standing.gateway.GatewayService;
import dev.standing.local.RestClient.Answered;
import dev.standing.processor.ProcessorService;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.service.settings.Settings;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicProvisioning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any gateway finds a customer, and what became of a request, whichever processor has them, also while a standby takes
 * over. What cannot be answered for the moment is 503 with {@code Retry-After}; there is never a wrong answer.
 */
class QueriesDuringTakeoverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final int CUSTOMERS = 12;
    private static final int READERS = 2;
    private static final Pattern PORT = Pattern.compile("on port (\\d+) says so");

    @TempDir
    private Path directory;

    private final List<ProcessorService> running = new ArrayList<>();
    private EmbeddedPlatform platform;

    @BeforeEach
    void startPlatform() {
        platform = EmbeddedPlatform.startTemporary();
        TopicCatalogue topics = new TopicCatalogue("standing.", PARTITIONS, 1);
        try (TopicProvisioning provisioning =
                        TopicProvisioning.connect(Map.of("bootstrap.servers", platform.bootstrapServers()), topics);
                SchemaRegistryClient registry =
                        new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()))) {
            provisioning.provision();
            new SchemaProvisioning(registry, topics).provision();
        }
    }

    @AfterEach
    void stopAll() {
        running.forEach(ProcessorService::close);
        platform.close();
    }

    @Test
    void noAnswerIsWrongWhileOneProcessorIsKilledAndAnotherIsStopped() throws Exception {
        try (LocalProcess killed = processorToBeKilled()) {
            ProcessorService stopped = processor("stopped");
            ProcessorService last = processor("last");
            List<String> urls = List.of(awaitReady(killed), stopped.url(), last.url());
            awaitReady(stopped);
            awaitReady(last);
            try (GatewayService gateway = gateway(urls)) {
                RestClient rest = new RestClient(gateway.url());
                Map<String, Known> registered = registered(rest);
                urls.forEach(QueriesDuringTakeoverIT::awaitSomeCustomers);
                try (Trial trial = new Trial(rest, registered)) {
                    trial.awaitProgress();

                    killed.kill();
                    trial.awaitProgress();
                    stop(stopped);
                    trial.awaitProgress();

                    trial.end();
                    trial.assertAllIsKnown();
                }
            }
        }
    }

    /** What a client was told last of a customer. */
    private record Known(long version, String requestId) {}

    /**
     * Customers in every partition, the first that come there. Partitions may still move, and answers take long: the same
     * request again is safe.
     */
    private static Map<String, Known> registered(RestClient rest) {
        Map<String, Known> registered = new HashMap<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            String customer = "c-" + i;
            String registration = "{\"requestId\":\"r-0\",\"customerId\":\"%s\"}".formatted(customer);
            awaiting()
                    .pollDelay(Duration.ZERO)
                    .until(() -> rest.post("/v1/customers", registration).status() == 201);
            registered.put(customer, new Known(1, "r-0"));
        }
        return registered;
    }

    /** Changes customers one after the other, and asks for them at the same time. */
    private static final class Trial implements AutoCloseable {

        private final RestClient rest;
        private final ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
        private final List<Future<?>> work = new ArrayList<>();

        private final Map<String, Known> known;

        /** Who was found, and who changed, since when progress was last asked for; how often. */
        private final Map<String, Integer> found = new ConcurrentHashMap<>();

        private final Map<String, Integer> changed = new ConcurrentHashMap<>();
        private volatile boolean ending;

        Trial(RestClient rest, Map<String, Known> registered) {
            this.rest = rest;
            this.known = new ConcurrentHashMap<>(registered);
            work.add(threads.submit(this::keepChanging));
            for (int reader = 0; reader < READERS; reader++) {
                work.add(threads.submit(this::keepReading));
            }
        }

        private Void keepChanging() throws Exception {
            for (int number = 1; !ending; number++) {
                change("c-" + number % CUSTOMERS, "r-" + number, number / CUSTOMERS % 2 == 0);
            }
            return null;
        }

        private Void keepReading() throws Exception {
            while (!ending) {
                for (String customer : known.keySet()) {
                    read(customer);
                }
            }
            return null;
        }

        /** A change that is not answered in time may still come: then nothing more is known than before. */
        private void change(String customer, String requestId, boolean suspended) throws Exception {
            Answered answered = rest.post("/v1/customers/state", """
                    {"requestId": "%s", "customer": {"refId": "%s"}, "state": {"state": "%s", "stateReason": "%s"}}""".formatted(
                            requestId,
                            customer,
                            suspended ? "SUSPENDED" : "ACTIVE",
                            suspended ? "dfltSuspended" : "dfltActive"));
            assertThat(answered.status()).as(answered.toString()).isIn(200, 202, 503);
            if (answered.status() == 200) {
                known.put(
                        customer,
                        new Known(answered.body().at("/customer/version").longValue(), requestId));
                changed.merge(customer, 1, Integer::sum);
            }
        }

        private void read(String customer) throws Exception {
            Known before = known.get(customer);
            Answered now = rest.get("/v1/customers/" + customer);
            if (isAnswered(now)) {
                assertThat(now.text("customerId"))
                        .as("%s %s", now, now.response().headers().map())
                        .isEqualTo(customer);
                assertThat(now.body().get("version").longValue())
                        .as(now.toString())
                        .isGreaterThanOrEqualTo(before.version());
                found.merge(customer, 1, Integer::sum);
            }
            Answered result = rest.get("/v1/customers/" + customer + "/requests/" + before.requestId());
            if (isAnswered(result)) {
                assertThat(result.body().at("/customer/version").longValue())
                        .as(result.toString())
                        .isEqualTo(before.version());
            }
        }

        /** Whether there is an answer; otherwise the client is told to come again. */
        private static boolean isAnswered(Answered answered) {
            assertThat(answered.status()).as(answered.toString()).isIn(200, 503);
            if (answered.status() == 503) {
                assertThat(answered.header("Retry-After")).isEqualTo("1");
            }
            return answered.status() == 200;
        }

        /** From now on, every customer is changed, and found, once more. */
        void awaitProgress() {
            found.clear();
            changed.clear();
            awaiting().until(() -> {
                for (Future<?> each : work) {
                    if (each.isDone()) {
                        each.get();
                    }
                }
                return found.size() == CUSTOMERS && changed.size() == CUSTOMERS;
            });
        }

        void end() throws Exception {
            ending = true;
            for (Future<?> each : work) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }

        void assertAllIsKnown() throws Exception {
            for (String customer : known.keySet()) {
                awaiting()
                        .until(() -> isAnswered(rest.get("/v1/customers/" + customer))
                                && isAnswered(rest.get("/v1/customers/" + customer + "/requests/"
                                        + known.get(customer).requestId())));
                read(customer);
            }
        }

        @Override
        public void close() {
            ending = true;
            threads.shutdown();
        }
    }

    /** The processor has some customers, and leads to others for the rest. */
    private static void awaitSomeCustomers(String url) {
        RestClient processor = new RestClient(url);
        awaiting().until(() -> {
            int answered = 0;
            for (int i = 0; i < CUSTOMERS; i++) {
                answered += processor.get("/query/customers?customerId=c-" + i).status() == 200 ? 1 : 0;
            }
            return answered > 0 && answered < CUSTOMERS;
        });
    }

    private LocalProcess processorToBeKilled() throws Exception {
        Path configuration = directory.resolve("killed.properties");
        List<String> lines = new ArrayList<>();
        values("killed").forEach((name, value) -> lines.add(name + "=" + value));
        Files.write(configuration, lines);
        return LocalProcess.run(directory, "processor", "--config", configuration.toString());
    }

    private GatewayService gateway(List<String> processors) {
        Map<String, String> values = connection();
        values.put("gateway.port", "0");
        values.put("gateway.open", "true");
        values.put("gateway.processors", String.join(",", processors));
        values.put("gateway.reply.timeout", "PT3S");
        return GatewayService.start(Settings.of(values));
    }

    private ProcessorService processor(String name) {
        ProcessorService processor = ProcessorService.start(Settings.of(values(name)));
        running.add(processor);
        return processor;
    }

    private void stop(ProcessorService processor) {
        running.remove(processor);
        processor.close();
    }

    private Map<String, String> values(String name) {
        Map<String, String> values = connection();
        values.put("processor.query.port", "0");
        values.put("processor.state.dir", directory.resolve(name).toString());
        values.put("processor.streams.consumer.session.timeout.ms", "6000");
        values.put("processor.streams.num.standby.replicas", "1");
        return values;
    }

    private Map<String, String> connection() {
        Map<String, String> values = new HashMap<>();
        values.put("kafka.bootstrap.servers", platform.bootstrapServers());
        values.put("schema.registry.url", platform.registryUrl());
        values.put("topics.partitions", Integer.toString(PARTITIONS));
        values.put("topics.replication.factor", "1");
        return values;
    }

    private static void awaitReady(ProcessorService processor) {
        awaiting().until(() -> processor.obstacles().isEmpty());
    }

    /** Returns where it is asked. */
    private static String awaitReady(LocalProcess processor) {
        Matcher said = awaiting().until(() -> PORT.matcher(processor.output()), Matcher::find);
        String url = "http://127.0.0.1:" + said.group(1);
        RestClient client = new RestClient(url);
        awaiting().until(() -> client.get("/health/ready").status() == 200);
        return url;
    }

    private static ConditionFactory awaiting() {
        return await().atMost(PATIENCE).dontCatchUncaughtExceptions();
    }
}
