package dev.standing.local.cli;

import dev.standing.local.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code standing audit}: it only has commands. */
@Command(
        name = "audit",
        description = "Answers from the log alone: reads the topics, and trusts nothing that a running service says."
                + " Ends with status 0 when all holds, 1 when something does not, 2 when the command line is wrong.",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class AuditCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** With all its commands. */
    static CommandLine withCommands(Console console) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new AuditVerifyCommand(console))
                .addSubcommand(new AuditCheckpointCommand(console))
                .addSubcommand(new AuditAsOfCommand(console))
                .addSubcommand(new AuditReplayCommand(console))
                .addSubcommand(new AuditExportCommand(console))
                .addSubcommand(new AuditWhatIfCommand(console));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A command is missing: one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
