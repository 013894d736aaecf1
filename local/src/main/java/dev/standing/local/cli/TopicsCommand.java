package dev.standing.local.cli;

import dev.standing.local.console.Console;
import dev.standing.local.node.Provisioning;
import dev.standing.service.settings.ConnectionSettings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code standing topics}. */
@Command(
        name = "topics",
        description = "Creates the topics and registers the schemas, or checks those that there are."
                + " A topic that is not as it should be is refused, and nothing is changed.")
final class TopicsCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private ConfigurationOption configuration;

    @Option(names = "--check", description = "Only check; create and register nothing.")
    private boolean check;

    TopicsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ConnectionSettings connection = ConnectionSettings.from(configuration.settings(), Provisioning.SERVICES);
        return check ? check(connection) : provision(connection);
    }

    private int provision(ConnectionSettings connection) {
        Provisioning.provision(connection, step -> console.line(step.toString()));
        return ExitStatus.OK;
    }

    private int check(ConnectionSettings connection) {
        List<String> missing = Provisioning.check(connection);
        if (missing.isEmpty()) {
            console.line("All topics and schemas are as they should be.");
            return ExitStatus.OK;
        }
        console.error("The registry does not have the schemas of this release for " + String.join(", ", missing)
                + "; run ./standing topics");
        return ExitStatus.FAILED;
    }
}
