package dev.standing.local.cli;

import dev.standing.gateway.GatewaySettings;
import dev.standing.local.console.Console;
import dev.standing.local.process.ProcessEnd;
import dev.standing.processor.ProcessorSettings;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.service.settings.Setting;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** All commands, ready to be executed. */
public final class StandingCommands {

    private static final int WIDTH = 100;

    private StandingCommands() {}

    /**
     * Makes them.
     *
     * @param console where they print
     * @param end closes what they start
     */
    public static CommandLine of(Console console, ProcessEnd end) {
        return of(console, end, System.in);
    }

    /** As above, for commands that read from somewhere else than standard input. */
    static CommandLine of(Console console, ProcessEnd end, InputStream in) {
        CommandLine commands = new CommandLine(new RootCommand())
                .addSubcommand(new LocalCommand(console, end))
                .addSubcommand(new GatewayCommand(console, end))
                .addSubcommand(new ProcessorCommand(console, end))
                .addSubcommand(new TopicsCommand(console))
                .addSubcommand(new ImportCommand(console, end))
                .addSubcommand(new KeysCommand(console, in))
                .addSubcommand(AuditCommand.withCommands(console));
        FailureReport report = new FailureReport(console, end);
        footer(commands, "local", Stream.of(GatewaySettings.ALL, ProcessorSettings.ALL));
        footer(
                commands,
                "gateway",
                Stream.of(ConnectionSettings.ALL, GatewaySettings.ALL),
                "kafka.*=, schema.registry.*=, basic.auth.*=, bearer.auth.*=",
                "    Handed to the clients of Kafka and the registry");
        footer(
                commands,
                "processor",
                Stream.of(ConnectionSettings.ALL, ProcessorSettings.ALL),
                "processor.streams.*=",
                "    Handed to Kafka Streams",
                "kafka.*=, schema.registry.*=, basic.auth.*=, bearer.auth.*=",
                "    Handed to the clients of Kafka and the registry");
        footer(commands, "topics", Stream.of(ConnectionSettings.ALL));
        return commands.setUsageHelpWidth(WIDTH)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(Boolean.getBoolean(Console.COLOURS) ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(report)
                .setExecutionExceptionHandler(report);
    }

    private static void footer(
            CommandLine commands, String command, Stream<List<Setting<?>>> settings, String... more) {
        boolean local = command.equals("local");
        List<Setting<?>> all = settings.<Setting<?>>flatMap(List::stream)
                // Everything of a local run is in its own directory.
                .filter(setting -> !local || setting != ProcessorSettings.STATE_DIRECTORY)
                .toList();
        String where = local ? "from the environment" : "name=value in FILE, or from the environment, which wins";
        commands.getSubcommands()
                .get(command)
                .getCommandSpec()
                .usageMessage()
                .footer(SettingsHelp.footer(where, all, more));
    }
}
