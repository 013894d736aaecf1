package dev.standing.local.cli;

import dev.standing.embedded.DataDirectoryLock;
import dev.standing.gateway.GatewaySettings;
import dev.standing.local.console.Console;
import dev.standing.local.demo.Demo;
import dev.standing.local.node.LocalAddresses;
import dev.standing.local.node.LocalLog;
import dev.standing.local.node.LocalNode;
import dev.standing.local.node.LocalOptions;
import dev.standing.local.node.PortUse;
import dev.standing.local.node.Progress;
import dev.standing.local.process.ProcessEnd;
import dev.standing.processor.ProcessorSettings;
import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Setting;
import dev.standing.service.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code standing local}. */
@Command(
        name = "local",
        sortOptions = false,
        description = "Runs everything on this machine in one process, with a real Kafka and without Docker,"
                + " until Ctrl-C. Listens on loopback, unless gateway.host or processor.query.host say otherwise; Kafka"
                + " and the registry always do. The data survives a restart, and kill -9.")
final class LocalCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCommand.class);

    private final Console console;
    private final ProcessEnd end;

    @Option(names = "--demo", description = "Show the requests of both vendor APIs, and the events that they cause.")
    private boolean demo;

    @Option(
            names = "--exit",
            description = "Stop when READY, or after the demo: with status 1 if that was not as it should be.")
    private boolean exit;

    @Option(
            names = "--open",
            description =
                    "Authenticate nobody; on loopback only. Otherwise a key is made at the first start, and kept in"
                            + " DIR/credentials.")
    private boolean open;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".standing",
            description = "Directory that keeps everything (default: .standing).")
    private Path data;

    @Option(names = "--port", paramLabel = "PORT", description = "Port for HTTP (default: 8080); 0: any free one.")
    private @Nullable Integer port;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port for Kafka (default: 9092); 0: any free one.")
    private int kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port for the schema registry (default: 8081); 0: any free one.")
    private int registryPort;

    @Option(
            names = "--query-port",
            paramLabel = "PORT",
            description = "Port for the processor's HTTP (default: 8082); 0: any free one.")
    private @Nullable Integer queryPort;

    LocalCommand(Console console, ProcessEnd end) {
        this.console = console;
        this.end = end;
    }

    @Override
    public Integer call() {
        LocalOptions options = new LocalOptions(data, settings(), open, kafkaPort, registryPort);
        // Held until the process ends, by whatever end: nothing is to be closed.
        DataDirectoryLock lock = DataDirectoryLock.acquire(data);
        options.requireLoopbackIfOpen();
        if (demo && !options.canAsk()) {
            throw new InvalidSettingsException(
                    "--demo has no key of yours: it needs --open, or the key that is made where"
                            + " neither gateway.keys.file nor gateway.jwt.jwks is set");
        }
        PortUse.requireFree(options.ports());
        Path logs = LocalLog.into(lock.directory().resolve("logs"));
        try {
            return run(options);
        } catch (RuntimeException e) {
            if (!end.hasBegun()) {
                LOG.error("Failed", e);
                console.error("It failed; the log is " + logs);
            }
            throw e;
        }
    }

    private int run(LocalOptions options) {
        Progress progress = new Progress(console);
        console.line("Standing, everything on this machine; data in " + data);
        LocalAddresses addresses = LocalNode.start(options, end, progress);
        Welcome welcome = new Welcome(console, addresses);
        welcome.ready(progress.total());
        boolean asExpected = !demo || Demo.run(addresses, console);
        if (!exit) {
            welcome.whatNext(demo, data);
            end.awaitFailure();
        }
        return asExpected ? ExitStatus.OK : ExitStatus.FAILED;
    }

    /** Those of the environment; options win. */
    private Settings settings() {
        Map<String, String> given = new HashMap<>();
        put(given, GatewaySettings.PORT, port);
        put(given, ProcessorSettings.QUERY_PORT, queryPort);
        return LocalOptions.fromEnvironment(System.getenv()).with(given);
    }

    private static void put(Map<String, String> settings, Setting<Integer> setting, @Nullable Integer value) {
        if (value != null) {
            settings.put(setting.name(), value.toString());
        }
    }
}
