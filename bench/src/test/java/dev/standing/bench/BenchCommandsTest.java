package dev.standing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.bench.cli.BenchCommands;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"due-index", "storm", "cascade", "lateness"})
    void everyScenarioHasHelp(String scenario) {
        assertThat(execute(scenario, "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: standing bench " + scenario, "--json=FILE");
    }

    @Test
    void helpListsTheScenarios() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("due-index", "storm", "cascade", "lateness");
    }

    @Test
    void aMissingScenarioIsAnError() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("A scenario is missing", "storm");
    }

    private int execute(String... arguments) {
        return BenchCommands.of(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }
}
