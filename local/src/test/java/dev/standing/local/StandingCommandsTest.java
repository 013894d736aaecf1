package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.gateway.GatewaySettings;
import dev.standing.local.cli.StandingCommands;
import dev.standing.local.console.Console;
import dev.standing.local.process.ProcessEnd;
import dev.standing.processor.ProcessorSettings;
import dev.standing.service.settings.Setting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class StandingCommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpListsTheCommands() {
        assertThat(execute("--help")).isZero();
        assertThat(text(out)).contains("local", "gateway", "processor", "topics", "import", "keys", "audit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "gateway", "processor", "topics", "import", "keys", "audit"})
    void everyCommandHasHelp(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(text(out)).contains("Usage: standing " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "checkpoint", "as-of", "replay", "export", "what-if"})
    void everyAuditHasHelp(String command) {
        assertThat(execute("audit", command, "--help")).isZero();
        assertThat(text(out)).contains("Usage: standing audit " + command, "--json");
    }

    @ParameterizedTest
    @CsvSource({
        "verify,true,true",
        "replay,true,true",
        "export,true,true",
        "what-if,true,true",
        "checkpoint,false,false",
        "as-of,false,true"
    })
    void onlyAuditsThatCanBeOfAPartTakeOne(String command, boolean beginsAnywhere, boolean endsAnywhere) {
        execute("audit", command, "--help");
        assertThat(text(out).contains("--from=PLACE")).isEqualTo(beginsAnywhere);
        assertThat(text(out).contains("--until=PLACE")).isEqualTo(endsAnywhere);
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "replay --customer=c", "export --to=nowhere", "what-if --policy=strict"})
    void aPartThatEndsBeforeItBeginsIsRefused(String command) {
        assertThat(execute(("audit " + command + " --from=50 --until=20").split(" ")))
                .isEqualTo(2);
        assertThat(text(err)).contains("the end 20 lies before the begin 50");
    }

    @Test
    void aCheckpointThatIsThereIsNotWrittenOver(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("log.checkpoint"), "the witness");
        assertThat(execute("audit", "checkpoint", "--to", file.toString())).isEqualTo(2);
        assertThat(text(err)).contains(file + " is there already").hasLineCount(1);
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void anExportThatCannotBeBegunTellsWhy(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(execute("audit", "export", "--to", file.resolve("out").toString()))
                .isEqualTo(1);
        assertThat(text(err))
                .contains("cannot be begun, and no file was written: " + file)
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"import", "audit verify"})
    void thePathOfTheOwnCredentialsIsNotBroken(String command) {
        execute((command + " --help").split(" "));
        assertThat(text(out)).contains("(default: .standing/credentials");
    }

    @Test
    void helpOfAServiceListsItsSettingsWithTheirDefaults() {
        execute("gateway", "--help");
        for (Setting<?> setting : GatewaySettings.ALL) {
            assertThat(text(out)).contains(setting.name() + "=" + setting.defaultText(), setting.help());
        }
        execute("processor", "--help");
        for (Setting<?> setting : ProcessorSettings.ALL) {
            assertThat(text(out)).contains(setting.name() + "=" + setting.defaultText(), setting.help());
        }
    }

    @Test
    void everyOptionOfTheImportHasALineOfHelp() {
        execute("import", "--help");
        for (String option : List.of(
                "--url",
                "--format",
                "--parallel",
                "--progress",
                "--restart",
                "--refused",
                "--again",
                "--patience",
                "--dry-run")) {
            assertThat(text(out))
                    .containsPattern("(?m)^ +" + option + "\\b.* {2,}\\S|(?m)^ +" + option + "\\b.*\\n {10,}\\S");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.jsonl", "noending"})
    void aFileThatCannotBeImportedIsNamedInOneLine(String name, @TempDir Path directory) throws Exception {
        Files.createFile(directory.resolve("noending"));
        String file = directory.resolve(name).toString();
        assertThat(execute("import", file)).isEqualTo(2);
        assertThat(text(err)).contains(file).hasLineCount(1);
    }

    @Test
    void aDryRunTellsWhatIsWrongAndEndsWithOne(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("some.jsonl"), "{\"customerId\":\"c\"}\n{\"colour\":1}\n");
        assertThat(execute("import", "--dry-run", file.toString())).isEqualTo(1);
        assertThat(text(err)).contains("Line 2: INVALID_REQUEST (colour)").hasLineCount(1);
        assertThat(text(out)).contains("2 lines", "1 customers", "1 lines refused");
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertThat(execute("local", "--prot", "1")).isEqualTo(2);
        assertThat(text(err)).contains("--prot").contains("standing local --help");
    }

    @Test
    void aMissingCommandIsAnError() {
        assertThat(execute()).isEqualTo(2);
        assertThat(text(err)).contains("A command is missing").contains("topics");
    }

    @Test
    void aMisspeltSettingIsNamedInOneLine(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("standing.properties"), "gateway.prot=8080\n");
        assertThat(execute("gateway", "--config", file.toString())).isEqualTo(2);
        assertThat(text(err)).contains("Unknown setting gateway.prot").hasLineCount(1);
    }

    @Test
    void aMalformedSettingIsNamedInOneLine(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("standing.properties"), "topics.partitions=many\n");
        assertThat(execute("topics", "--config", file.toString())).isEqualTo(2);
        assertThat(text(err).strip())
                .isEqualTo("Error: topics.partitions must be a whole number from 1 to 10000, not \"many\"");
    }

    @Test
    void aMissingConfigurationFileIsNamed(@TempDir Path directory) {
        Path file = directory.resolve("missing.properties");
        assertThat(execute("topics", "--config", file.toString())).isEqualTo(2);
        assertThat(text(err)).contains(file.toString()).hasLineCount(1);
    }

    @Test
    void debugShowsWhereAFailureComesFrom(@TempDir Path directory) {
        execute(
                "topics",
                "--debug",
                "--config",
                directory.resolve("missing.properties").toString());
        assertThat(text(err)).contains("InvalidSettingsException").contains("\tat ");
    }

    private int execute(String... arguments) {
        Console console = new Console(stream(out), stream(err), false);
        CommandLine commands = StandingCommands.of(console, new ProcessEnd(console));
        commands.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        return commands.execute(arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
