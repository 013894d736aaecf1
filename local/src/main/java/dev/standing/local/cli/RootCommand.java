package dev.standing.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./standing} itself: it only has commands. */
@Command(
        name = "standing",
        description = "Event-driven processing of customer status changes on Kafka Streams.",
        mixinStandardHelpOptions = true,
        versionProvider = ImplementationVersion.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Options of the JVM are taken from JAVA_OPTS."})
final class RootCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", description = "Print stack traces of failures.", scope = ScopeType.INHERIT)
    private boolean debug;

    /** Whether stack traces are asked for. */
    boolean debug() {
        return debug;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A command is missing: one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
