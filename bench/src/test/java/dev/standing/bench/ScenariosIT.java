package dev.standing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.bench.cli.BenchCommands;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario runs to its end, at a size at which its figures tell nothing. */
class ScenariosIT {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void cancelledEntriesAreNeverApplied() throws Exception {
        JsonNode report = run("due-index", "--customers", "200", "--cancel", "150", "--rounds", "1", "--idle", "1");

        assertThat(value(report, "turns before the restart: count")).isPositive();
        assertThat(value(report, "turns after the restart: count")).isPositive();
        assertThat(value(report, "turns before the restart: records written")).isZero();
        assertThat(value(report, "turns after the restart: records written")).isZero();
    }

    @Test
    void aStormAppliesEveryChangeOnce() throws Exception {
        JsonNode report = run("storm", "--changes", "120", "--rate", "50", "--others", "50", "--calm", "2");

        assertThat(value(report, "lateness of what was applied: count")).isEqualTo(120);
        assertThat(value(report, "changes that were not planned")).isZero();
        assertThat(value(report, "changes not applied")).isZero();
        assertThat(value(report, "changes applied more than once")).isZero();
        assertThat(value(report, "customers with changes out of order")).isZero();
        assertThat(value(report, "commands in the calm: count")).isEqualTo(100);
        assertThat(value(report, "transactions")).isPositive();
        assertThat(value(report, "turns: count")).isPositive();
    }

    @Test
    void aCascadeReachesEverySubordinateOnceParentsFirst() throws Exception {
        JsonNode report = run("cascade", "--subordinates", "1200", "--rate", "50", "--others", "50", "--calm", "2");

        assertThat(value(report, "subordinates not updated")).isZero();
        assertThat(value(report, "subordinates updated more than once")).isZero();
        assertThat(value(report, "updates with the id of another")).isZero();
        assertThat(value(report, "subordinates updated before their parents")).isZero();
        assertThat(value(report, "ends that were told wrongly")).isZero();
        assertThat(value(report, "commands in the calm: count")).isEqualTo(100);
        assertThat(value(report, "transactions with updates")).isPositive();
        assertThat(value(report, "largest transaction: updates")).isPositive();
        assertThat(value(report, "heap needed before")).isPositive();
    }

    @Test
    void everySingleChangeIsSeen() throws Exception {
        JsonNode report = run("lateness", "--changes", "5", "--idle", "1", "--poll", "25");

        assertThat(value(report, "poll.ms=25: lateness when decided: count")).isEqualTo(5);
        assertThat(value(report, "poll.ms=25: lateness when seen: count")).isEqualTo(5);
        assertThat(value(report, "poll.ms=25: CPU of the stream threads in an idle minute"))
                .isPositive();
    }

    @Test
    void everyEventIsVerified() throws Exception {
        JsonNode report = run("audit-verify", "--customers", "50", "--rounds", "1");

        assertThat(value(report, "events")).isEqualTo(500);
        assertThat(value(report, "decoded by one thread: median")).isPositive();
        assertThat(value(report, "verified by one thread: median")).isPositive();
        assertThat(value(report, "verified by two threads: median")).isPositive();
    }

    private JsonNode run(String... arguments) throws Exception {
        Path json = directory.resolve("report.json");
        int status =
                execute(Stream.concat(Stream.of(arguments), Stream.of("--partitions", "3", "--json", json.toString()))
                        .toArray(String[]::new));
        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(arguments[0], "target");
        return new ObjectMapper().readTree(json.toFile());
    }

    private int execute(String... arguments) {
        return BenchCommands.of(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    private static double value(JsonNode report, String figure) {
        for (JsonNode node : report.get("figures")) {
            if (node.get("name").asText().equals(figure)) {
                return node.get("value").asDouble();
            }
        }
        throw new AssertionError("no figure " + figure + " in " + report);
    }
}
