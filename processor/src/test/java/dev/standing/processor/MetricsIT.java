package dev.standing.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.avro.ChangeState;
import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerState;
import dev.standing.avro.RegisterCustomer;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a processor on a real broker tells of itself. */
@OnAnyPlatform
class MetricsIT {

    private static final String REGISTERED =
            "standing_commands_total{code=\"NONE\",replayed=\"false\",result=\"REGISTERED\"}";
    private static final String REPLAYED =
            "standing_commands_total{code=\"NONE\",replayed=\"true\",result=\"REGISTERED\"}";
    private static final String SCHEDULED =
            "standing_commands_total{code=\"NONE\",replayed=\"false\",result=\"SCHEDULED\"}";
    private static final String REJECTED =
            "standing_commands_total{code=\"UNKNOWN_CUSTOMER\",replayed=\"false\",result=\"REJECTED\"}";
    private static final String DEAD_LETTERS = "standing_dead_letters_total{reason=\"UNDECODABLE\"}";
    private static final String APPLIED = "standing_due_lateness_applied_seconds_count";

    private static TestPlatform platform;

    @TempDir
    Path directory;

    private Deployment deployment;

    @BeforeAll
    static void startPlatform() {
        platform = TestPlatform.start();
    }

    @AfterAll
    static void stopPlatform() {
        platform.close();
    }

    @BeforeEach
    void deploy() {
        deployment = Deployment.on(platform);
    }

    @AfterEach
    void undeploy() {
        deployment.close();
    }

    @Test
    void itCountsWhatItDid() throws Exception {
        try (ProcessorService processor = ProcessorService.start(deployment.settings(directory))) {
            deployment.send(registration("c-1", "r-1"));
            deployment.send(registration("c-2", "r-1"));
            deployment.send(registration("c-1", "r-1"));
            deployment.send(change("c-3", "r-1", Instant.now().plusSeconds(600)));
            deployment.send(
                    new ProducerRecord<>(deployment.topics.commands().name(), 2, null, "noise".getBytes(UTF_8)));
            // What is not to be due before it is decided is sent when there is nothing to wait for any more.
            deployment.awaitResults(4);
            deployment.send(change("c-1", "r-2", Instant.now().plusSeconds(6)));
            deployment.send(change("c-2", "r-2", Instant.now().plusSeconds(600)));
            deployment.awaitResults(6);
            deployment.awaitEvents(5);
            await().atMost(Deployment.PATIENCE)
                    .until(() -> processor.obstacles().isEmpty() && value(processor, DEAD_LETTERS) == 1);

            assertThat(value(processor, REGISTERED)).isEqualTo(2);
            assertThat(value(processor, REPLAYED)).isEqualTo(1);
            assertThat(value(processor, SCHEDULED)).isEqualTo(2);
            assertThat(value(processor, REJECTED)).isEqualTo(1);
            assertThat(value(processor, APPLIED)).isEqualTo(1);
            assertThat(value(processor, "standing_command_processing_seconds_count"))
                    .isEqualTo(6);
            assertThat(value(processor, "standing_command_age_seconds_count")).isEqualTo(6);
            assertThat(value(processor, "standing_ready")).isEqualTo(1);
            assertThat(value(processor, "standing_planned_changes")).isPositive();
            assertThat(value(processor, "standing_due_backlog")).isZero();
            assertThat(value(processor, "standing_store_memory_used_bytes")).isPositive();
        }
    }

    @Test
    void whatKafkaMeasuresIsShownInPart() throws Exception {
        try (ProcessorService processor = ProcessorService.start(deployment.settings(directory))) {
            deployment.send(registration("c-1", "r-1"));
            deployment.awaitResults(1);

            String shown = await().atMost(Deployment.PATIENCE)
                    .until(() -> scrape(processor), text -> lags(text) == deployment.topics.partitions());

            assertThat(shown)
                    .contains("kafka_stream_thread_commit_latency_avg", "kafka_producer_txn_commit_time")
                    .doesNotContain("kafka_stream_state_", "kafka_admin_");
            assertThat(shown.lines().count()).isLessThan(1_000);
        }
    }

    /** In how many partitions of the commands it is known how much is left to read. */
    private long lags(String text) {
        String topic = "topic=\"" + deployment.topics.commands().name() + "\"";
        return text.lines()
                .filter(line -> line.startsWith("kafka_consumer_fetch_manager_records_lag{") && line.contains(topic))
                .count();
    }

    @Test
    void itTellsHowMuchItRestored() throws Exception {
        try (ProcessorService processor = ProcessorService.start(deployment.settings(directory.resolve("one")))) {
            deployment.send(registration("c-1", "r-1"));
            deployment.awaitResults(1);
            assertThat(value(processor, "standing_restore_records_total")).isZero();
        }

        try (ProcessorService processor = ProcessorService.start(deployment.settings(directory.resolve("two")))) {
            await().atMost(Deployment.PATIENCE)
                    .until(() -> processor.obstacles().isEmpty());

            // The customer and its request, at least; the read model has the event and the customer in its own stores,
            // too.
            assertThat(value(processor, "standing_restore_records_total")).isGreaterThanOrEqualTo(2.0);
            assertThat(value(processor, "standing_restore_remaining")).isZero();
        }
    }

    private static double value(ProcessorService processor, String series) throws IOException, InterruptedException {
        List<Double> values = scrape(processor)
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .toList();
        assertThat(values).as(series).hasSize(1);
        return values.get(0);
    }

    private static String scrape(ProcessorService processor) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(processor.url() + "/metrics"))
                .timeout(Duration.ofSeconds(20))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .isEqualTo(Optional.of("text/plain; version=0.0.4; charset=utf-8"));
        return answer.body();
    }

    private static CustomerCommand registration(String customerId, String requestId) {
        return command(customerId, requestId)
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(RegisterCustomer.newBuilder().build())
                .build();
    }

    private static CustomerCommand change(String customerId, String requestId, Instant validFrom) {
        return command(customerId, requestId)
                .setType(CommandType.CHANGE_STATE)
                .setChangeState(ChangeState.newBuilder()
                        .setState(CustomerState.SUSPENDED)
                        .setStateReason("nonPayment")
                        .setValidFrom(validFrom)
                        .build())
                .build();
    }

    private static CustomerCommand.Builder command(String customerId, String requestId) {
        return CustomerCommand.newBuilder()
                .setCommandId(customerId + "-" + requestId)
                .setCustomerId(customerId)
                .setRequestId(requestId)
                .setSource("test");
    }
}
