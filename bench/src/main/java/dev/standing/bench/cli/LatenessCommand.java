package dev.standing.bench.cli;

import dev.standing.bench.scenario.Lateness;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code standing bench lateness}. */
@Command(
        name = "lateness",
        description = "How late single changes are applied by a processor that has nothing else to do.")
final class LatenessCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private Run run;

    @Option(
            names = "--changes",
            paramLabel = "N",
            defaultValue = "500",
            description = "How many changes fall due, one every 100 to 400 ms.")
    private int changes;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long nothing is done, to see what it costs.")
    private int idle;

    @Option(
            names = "--poll",
            paramLabel = "MS",
            split = ",",
            defaultValue = "25,100",
            description = "The values of poll.ms to try.")
    private List<Integer> polls;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of random times.")
    private long seed;

    LatenessCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        return run.of(new Lateness(changes, Duration.ofSeconds(idle), polls, seed), out, err);
    }
}
