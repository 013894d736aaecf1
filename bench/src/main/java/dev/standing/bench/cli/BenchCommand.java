package dev.standing.bench.cli;

import dev.standing.bench.report.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./standing bench} itself: it only has scenarios. */
@Command(
        name = "standing bench",
        description = "Measures a processor on a real broker, both in this process, on the loopback address."
                + " All data is in a temporary directory, gone at the end.",
        mixinStandardHelpOptions = true,
        versionProvider = BenchCommand.Versions.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        showDefaultValues = true,
        synopsisSubcommandLabel = "SCENARIO",
        commandListHeading = "%nScenarios:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Options of the JVM are taken from JAVA_OPTS: -Xmx, -Djava.io.tmpdir."})
final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** What {@code --version} prints. */
    static final class Versions implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return Environment.current().entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .toArray(String[]::new);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A scenario is missing: one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
