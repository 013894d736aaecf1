package dev.standing.local;

import dev.standing.local.cli.StandingCommands;
import dev.standing.local.console.Console;
import dev.standing.local.process.ProcessEnd;

/** The main class of {@code ./standing}. */
public final class Standing {

    private Standing() {}

    /**
     * Runs a command and ends the process with its status: 0 if it did what it was asked for, or was stopped by a
     * signal; 1 if it failed; 2 if the command line or a setting is wrong; 128 and the number of the signal if that cut
     * an import, or a start, short.
     */
    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        ProcessEnd end = ProcessEnd.install(console);
        end.exit(StandingCommands.of(console, end).execute(arguments));
    }
}
