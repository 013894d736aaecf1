package dev.standing.bench.cli;

import dev.standing.bench.scenario.Cascade;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code standing bench cascade}. */
@Command(
        name = "cascade",
        description = "A change that very many subordinates of one customer follow, while commands of other customers"
                + " arrive.")
final class CascadeCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private Run run;

    @Option(
            names = "--subordinates",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many subordinates follow.")
    private int subordinates;

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
            description = "How long commands are measured before the change.")
    private int calm;

    CascadeCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        return run.of(new Cascade(subordinates, rate, others, Duration.ofSeconds(calm)), out, err);
    }
}
