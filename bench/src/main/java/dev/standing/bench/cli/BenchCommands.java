package dev.standing.bench.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** All commands, ready to be executed. */
public final class BenchCommands {

    private static final int WIDTH = 100;

    private BenchCommands() {}

    /**
     * Makes them.
     *
     * @param out for results
     * @param err for progress, and for what goes wrong
     */
    public static CommandLine of(PrintStream out, PrintStream err) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new DueIndexCommand(out, err))
                .addSubcommand(new StormCommand(out, err))
                .addSubcommand(new CascadeCommand(out, err))
                .addSubcommand(new LatenessCommand(out, err))
                .addSubcommand(new AuditVerifyCommand(out, err))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(WIDTH)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
