package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local runs that end, and begin again on the same data. */
class LocalRestartIT {

    @TempDir
    private Path directory;

    @Test
    void aKilledRunForgetsNothingAndInterruptionIsASuccess() throws Exception {
        Path data = directory.resolve("data");
        JsonNode before;
        try (LocalProcess killed = LocalProcess.local(directory, data).awaitReady()) {
            killed.post("/v1/customers", "{\"requestId\": \"r-1\", \"externalId\": \"survivor\"}");
            before = killed.post("/v1/customers/state", LocalIT.suspension("r-2", "survivor"));
            killed.kill();
        }
        try (LocalProcess again = LocalProcess.local(directory, data).awaitReady()) {
            JsonNode after = again.post("/v1/customers/state", LocalIT.suspension("r-2", "survivor"));

            assertThat(before.at("/replayed").booleanValue()).isFalse();
            assertThat(after.at("/replayed").booleanValue()).isTrue();
            assertThat(after.at("/commandId")).isEqualTo(before.at("/commandId"));
            assertThat(EventLog.of(again, "survivor")).hasSize(2);

            long start = System.nanoTime();
            again.interrupt();
            assertThat(again.awaitExit()).isZero();
            System.out.printf("Stopped after %.1f s%n", (System.nanoTime() - start) / 1e9);
        }
    }

    @Test
    void theDemoIsAsExpectedAndCanBeRepeatedWithoutAKey() throws Exception {
        Path data = directory.resolve("data");
        try (LocalProcess demo = LocalProcess.local(directory, data, "--demo", "--exit")) {
            assertThat(demo.awaitExit()).as(demo.output()).isZero();
            assertThat(demo.output()).contains("Demo: 15 of 15 as expected (17 events)");
            assertThat(demo.output())
                    .doesNotContain(
                            "\u001B", demo.key().credential(), demo.key().basic());
        }
        try (LocalProcess open = LocalProcess.local(directory, data, "--demo", "--exit", "--open")) {
            assertThat(open.awaitExit()).as(open.output()).isZero();
            assertThat(open.output()).contains("Demo: 15 of 15 as expected (14 events)");
        }
    }

    @Test
    void aPartThatFailsIsNamedAndEndsTheRun() throws Exception {
        Path data = directory.resolve("data");
        try (LocalProcess local = LocalProcess.local(directory, data).awaitReady()) {
            Files.move(data.resolve("kafka"), data.resolve("lost"));

            assertThat(local.awaitExit()).isEqualTo(1);
            assertThat(local.output()).contains("Kafka failed").contains("standing.log");
        }
    }
}
