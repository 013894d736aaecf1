package dev.standing.local.node;

import dev.standing.embedded.BrokerSettings;
import dev.standing.embedded.EmbeddedBroker;
import dev.standing.embedded.EmbeddedRegistry;
import dev.standing.gateway.GatewayService;
import dev.standing.gateway.GatewaySettings;
import dev.standing.gateway.access.AccessSettings;
import dev.standing.gateway.access.KeyCredential;
import dev.standing.local.keys.OwnKey;
import dev.standing.local.process.ProcessEnd;
import dev.standing.processor.ProcessorService;
import dev.standing.processor.ProcessorSettings;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.service.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Everything on one machine: a real broker, a registry, the topics, a processor and a gateway, in this process.
 *
 * <p>Whatever is started is handed to the {@link ProcessEnd}, which closes it; a part that fails later is reported
 * there, too.
 */
public final class LocalNode {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final LocalOptions options;
    private final ProcessEnd end;
    private final Progress progress;

    private LocalNode(LocalOptions options, ProcessEnd end, Progress progress) {
        this.options = options;
        this.end = end;
        this.progress = progress;
    }

    /**
     * Starts everything, and waits until it works.
     *
     * @param options whose data directory is locked by the caller, and whose ports are free
     * @param progress told of every part
     * @return where everything is reached
     */
    public static LocalAddresses start(LocalOptions options, ProcessEnd end, Progress progress) {
        return new LocalNode(options, end, progress).start();
    }

    private LocalAddresses start() {
        // Before anything is started: what is wrong with a setting is told at once.
        GatewaySettings.from(options.settings().with(accessSettings()));
        Optional<KeyCredential> key = options.ownKeysFile().map(LocalNode::key);
        Path kafka = options.data().resolve("kafka");
        EmbeddedBroker broker = part(
                "Kafka",
                () -> EmbeddedBroker.start(
                        BrokerSettings.on(kafka, options.kafkaPort()), failure -> end.failed("Kafka", failure)),
                EmbeddedBroker::bootstrapServers);
        EmbeddedRegistry registry = part(
                "Schema registry",
                () -> EmbeddedRegistry.start(broker.bootstrapServers(), options.registryPort()),
                EmbeddedRegistry::url);
        Settings settings = options.settings().with(connections(broker, registry));
        ConnectionSettings connection = ConnectionSettings.from(settings, Provisioning.SERVICES);
        timed("Topics and schemas", () -> Provisioning.run(connection));

        // The processor joins its group while the gateway starts.
        ProcessorService processor =
                beside("Processor", ProcessorService.start(settings.with(processorSettings(settings))));
        processor.stopped().whenComplete((none, failure) -> {
            if (failure != null) {
                end.failed("The processor", failure);
            }
        });
        Progress.Step step = progress.begin("Gateway");
        GatewayService gateway = beside("Gateway", GatewayService.start(settings.with(gatewaySettings(processor))));
        // The processor is needed until the last result is here.
        end.closes("Requests under way", gateway::drain);
        step.done(gateway.url());
        timed("Processor", () -> {
            awaitReady("The processor", processor::obstacles);
            awaitReady("The gateway", gateway::obstacles);
            return processor.url();
        });
        return new LocalAddresses(gateway.url(), key, broker.bootstrapServers(), registry.url(), connection);
    }

    private static KeyCredential key(Path keysFile) {
        try {
            return new OwnKey(keysFile, InstantSource.system()).credential();
        } catch (IOException e) {
            throw new UncheckedIOException("The key of this machine cannot be kept beside " + keysFile, e);
        }
    }

    private Map<String, String> gatewaySettings(ProcessorService processor) {
        Map<String, String> all = accessSettings();
        all.put(GatewaySettings.PROCESSORS.name(), processor.url());
        return all;
    }

    private Map<String, String> accessSettings() {
        Map<String, String> all = new LinkedHashMap<>();
        if (options.open()) {
            all.put(AccessSettings.OPEN.name(), "true");
        }
        options.ownKeysFile().ifPresent(file -> all.put(AccessSettings.KEYS_FILE.name(), file.toString()));
        return all;
    }

    private static Map<String, String> connections(EmbeddedBroker broker, EmbeddedRegistry registry) {
        return Map.of(
                ConnectionSettings.BOOTSTRAP_SERVERS.name(), broker.bootstrapServers(),
                ConnectionSettings.REGISTRY_URL.name(), registry.url());
    }

    /** What makes restarts fast, where nothing else is set. */
    private Map<String, String> processorSettings(Settings settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                ProcessorSettings.STATE_DIRECTORY.name(),
                options.data().resolve("streams").toString());
        LocalStreams.SETTINGS.forEach((name, value) -> {
            if (settings.withPrefix(name).isEmpty()) {
                all.put(name, value);
            }
        });
        return all;
    }

    private <T extends AutoCloseable> T part(String name, Supplier<T> start, Function<T, String> where) {
        Progress.Step step = progress.begin(name);
        T part = closed(name, start.get());
        step.done(where.apply(part));
        return part;
    }

    private <T extends AutoCloseable> T closed(String name, T part) {
        end.closes(name, part);
        end.requireNoFailure();
        return part;
    }

    /** A part that is closed at the same time as the one before it. */
    private <T extends AutoCloseable> T beside(String name, T part) {
        end.closesBeside(name, part);
        end.requireNoFailure();
        return part;
    }

    private void timed(String name, Supplier<String> work) {
        Progress.Step step = progress.begin(name);
        step.done(work.get());
    }

    private void awaitReady(String name, Supplier<List<String>> obstacles) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        for (List<String> left = obstacles.get(); !left.isEmpty(); left = obstacles.get()) {
            end.requireNoFailure();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        name + " is not ready after " + READY_WITHIN.toSeconds() + " s: " + String.join("; ", left));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting", e);
        }
    }
}
