package dev.standing.bench;

import dev.standing.bench.cli.BenchCommands;

/** The main class of {@code ./standing bench}. */
public final class Bench {

    private Bench() {}

    /** Runs a scenario and ends the process: 0 if it was measured, 1 if it failed, 2 if the command line is wrong. */
    public static void main(String[] arguments) {
        System.exit(BenchCommands.of(System.out, System.err).execute(arguments));
    }
}
