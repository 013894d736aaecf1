package dev.standing.bench.cli;

import dev.standing.bench.scenario.Storm;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code standing bench storm}. */
@Command(
        name = "storm",
        description = "Very many changes that fall due in the same second, while commands of other customers arrive.")
final class StormCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private Run run;

    @Option(names = "--changes", paramLabel = "N", defaultValue = "200000", description = "How many changes fall due.")
    private int changes;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many commands arrive in a second.")
    private int rate;

    @Option(
            names = "--others",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many other customers the commands are for.")
    private int others;

    @Option(
            names = "--calm",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long commands are measured before the storm.")
    private int calm;

    @Option(names = "--lead", paramLabel = "SECONDS", description = "How long planning takes; default: found out.")
    private Optional<Integer> lead;

    StormCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        return run.of(
                new Storm(changes, rate, others, Duration.ofSeconds(calm), lead.map(Duration::ofSeconds)), out, err);
    }
}
