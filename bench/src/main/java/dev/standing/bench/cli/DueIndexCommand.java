package dev.standing.bench.cli;

import dev.standing.bench.scenario.CancelledEntries;
import dev.standing.bench.scenario.CancelledEntries.Order;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code standing bench due-index}. */
@Command(
        name = "due-index",
        description =
                "What it costs to look at what is due, when very many changes are planned and most were cancelled.")
final class DueIndexCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private Run run;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Customers, each with one change planned.")
    private int customers;

    @Option(
            names = "--cancel",
            paramLabel = "N",
            defaultValue = "900000",
            description = "How many of the changes are cancelled.")
    private int cancel;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "random",
            description = "Which ones: any (random), or the first ones (earliest).")
    private Order order;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often a change is cancelled just before it falls due, in every partition.")
    private int rounds;

    @Option(names = "--idle", paramLabel = "SECONDS", defaultValue = "60", description = "How long nothing is done.")
    private int idle;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of random times.")
    private long seed;

    DueIndexCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        return run.of(new CancelledEntries(customers, cancel, order, rounds, Duration.ofSeconds(idle), seed), out, err);
    }
}
