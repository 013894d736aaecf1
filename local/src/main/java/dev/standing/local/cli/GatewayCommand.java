package dev.standing.local.cli;

import dev.standing.gateway.GatewayService;
import dev.standing.local.console.Console;
import dev.standing.local.process.ProcessEnd;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code standing gateway}. */
@Command(name = "gateway", description = "Takes requests over HTTP, against any Kafka and registry, until stopped.")
final class GatewayCommand implements Callable<Integer> {

    private final Console console;
    private final ProcessEnd end;

    @Mixin
    private ConfigurationOption configuration;

    GatewayCommand(Console console, ProcessEnd end) {
        this.console = console;
        this.end = end;
    }

    @Override
    public Integer call() {
        GatewayService gateway = GatewayService.start(configuration.settings());
        end.closes("Gateway", gateway);
        console.line("READY  " + gateway.url());
        end.awaitFailure();
        return ExitStatus.FAILED;
    }
}
