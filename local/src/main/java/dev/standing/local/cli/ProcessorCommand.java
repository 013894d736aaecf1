package dev.standing.local.cli;

import dev.standing.local.console.Console;
import dev.standing.local.process.ProcessEnd;
import dev.standing.processor.ProcessorService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code standing processor}. */
@Command(
        name = "processor",
        description = "Decides commands and writes events, against any Kafka and registry, until stopped.")
final class ProcessorCommand implements Callable<Integer> {

    private final Console console;
    private final ProcessEnd end;

    @Mixin
    private ConfigurationOption configuration;

    ProcessorCommand(Console console, ProcessEnd end) {
        this.console = console;
        this.end = end;
    }

    @Override
    public Integer call() {
        ProcessorService processor = ProcessorService.start(configuration.settings());
        end.closes("Processor", processor);
        end.mayTake(ProcessorService.CLOSES_WITHIN);
        processor.stopped().whenComplete((none, failure) -> {
            if (failure != null) {
                end.failed("The processor", failure);
            }
        });
        console.line("STARTED  ready when GET /health/ready on port " + processor.port() + " says so");
        end.awaitFailure();
        return ExitStatus.FAILED;
    }
}
