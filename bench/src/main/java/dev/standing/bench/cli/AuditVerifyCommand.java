package dev.standing.bench.cli;

import dev.standing.bench.scenario.AuditVerification;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code standing bench audit-verify}. */
@Command(
        name = "audit-verify",
        description = "What it costs to verify the log, against a consumer that only decodes it.")
final class AuditVerifyCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private Run run;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Customers, each with ten events.")
    private int customers;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often the log is read in each way.")
    private int rounds;

    AuditVerifyCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        return run.of(new AuditVerification(customers, rounds), out, err);
    }
}
