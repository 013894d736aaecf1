package dev.standing.bench.platform;

import dev.standing.bench.measure.ProcessorLoad;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.embedded.EmbeddedPlatform;
import dev.standing.processor.ProcessorService;
import dev.standing.processor.ProcessorSettings;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.GeneratedClasses;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.service.settings.Settings;
import dev.standing.topics.SchemaProvisioning;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicProvisioning;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real broker and a registry on free ports of the loopback address, topics, and a processor that can be started
 * again. All data is in temporary directories, gone at the end. Unknown customers are registered by the first change
 * that is asked for. For one thread.
 */
public final class TestBed implements AutoCloseable {

    private static final String PREFIX = "bench.";
    private static final String APPLICATION_ID = "bench-processor";
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    static {
        GeneratedClasses.trust();
    }

    private final RunOptions options;
    private final Path directory;
    private final EmbeddedPlatform platform;
    private final SchemaRegistryClient registry;
    private final TopicCatalogue topics;
    private ProcessorService processor;

    private TestBed(RunOptions options, Path directory, EmbeddedPlatform platform) {
        this.options = options;
        this.directory = directory;
        this.platform = platform;
        this.registry = new SchemaRegistryClient(Map.of("schema.registry.url", platform.registryUrl()));
        this.topics = new TopicCatalogue(PREFIX, options.partitions(), 1);
        try (TopicProvisioning provisioning =
                TopicProvisioning.connect(Map.of("bootstrap.servers", platform.bootstrapServers()), topics)) {
            provisioning.provision();
        }
        new SchemaProvisioning(registry, topics).provision();
        this.processor = newProcessor(Map.of());
    }

    /** Starts everything, and waits until the processor works. */
    public static TestBed start(RunOptions options) {
        EmbeddedPlatform platform = EmbeddedPlatform.startTemporary();
        try {
            return new TestBed(options, policyIn(Files.createTempDirectory("standing-bench-")), platform);
        } catch (IOException e) {
            platform.close();
            throw new UncheckedIOException("cannot create a temporary directory", e);
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    /** How long it took to stop the processor, and to have another one work. */
    public record Restart(Duration stopped, Duration started) {}

    /**
     * Stops the processor and starts another one with the same stores.
     *
     * @param settings besides those of the run; they win
     */
    public Restart restartProcessor(Map<String, String> settings) {
        long begin = System.nanoTime();
        processor.close();
        // It waits no longer than a moment for its threads, and stores are locked until they have ended.
        Waiting.until("the threads of the processor have ended", READY_WITHIN, () -> !hasThreads());
        long stopped = System.nanoTime();
        processor = newProcessor(settings);
        return new Restart(Duration.ofNanos(stopped - begin), Duration.ofNanos(System.nanoTime() - stopped));
    }

    /** Has nobody work any more. */
    public void stopProcessor() {
        processor.close();
        Waiting.until("the threads of the processor have ended", READY_WITHIN, () -> !hasThreads());
    }

    /** The policy that decides. */
    public Policy policy() {
        return PolicyFile.read(policy(directory));
    }

    /** Throws if the processor does not work. */
    public void requireHealthy() {
        List<String> obstacles = processor.obstacles();
        if (!obstacles.isEmpty()) {
            throw new IllegalStateException("The processor is not ready: " + String.join("; ", obstacles));
        }
    }

    /** What the processor that runs now has done so far. */
    public ProcessorLoad load() {
        return ProcessorLoad.of(APPLICATION_ID);
    }

    /** Where clients of Kafka connect. */
    public String bootstrapServers() {
        return platform.bootstrapServers();
    }

    /** How others reach Kafka and the registry, and what the topics are called. */
    public ConnectionSettings connection() {
        return ConnectionSettings.from(Settings.of(connections()), List.of());
    }

    /** The registry of its schemas. */
    public SchemaRegistryClient registry() {
        return registry;
    }

    /** Its topics. */
    public TopicCatalogue topics() {
        return topics;
    }

    private static boolean hasThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith(APPLICATION_ID + "-"));
    }

    private ProcessorService newProcessor(Map<String, String> settings) {
        Map<String, String> values = connections();
        values.put(ProcessorSettings.APPLICATION_ID.name(), APPLICATION_ID);
        values.put(ProcessorSettings.THREADS.name(), Integer.toString(options.threads()));
        values.put(ProcessorSettings.QUERY_PORT.name(), "0");
        values.put(
                ProcessorSettings.STATE_DIRECTORY.name(),
                directory.resolve("streams").toString());
        values.put(ProcessorSettings.POLICY.name(), policy(directory).toString());
        values.putAll(options.settings());
        values.putAll(settings);
        ProcessorService started = ProcessorService.start(Settings.of(values));
        try {
            Waiting.until(
                    "the processor is ready",
                    READY_WITHIN,
                    () -> started.obstacles().isEmpty());
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private Map<String, String> connections() {
        Map<String, String> values = new HashMap<>();
        values.put(ConnectionSettings.BOOTSTRAP_SERVERS.name(), platform.bootstrapServers());
        values.put(ConnectionSettings.REGISTRY_URL.name(), platform.registryUrl());
        values.put(ConnectionSettings.TOPIC_PREFIX.name(), PREFIX);
        values.put(ConnectionSettings.PARTITIONS.name(), Integer.toString(options.partitions()));
        values.put(ConnectionSettings.REPLICATION_FACTOR.name(), "1");
        return values;
    }

    private static Path policyIn(Path directory) throws IOException {
        try (InputStream packaged = PolicyFile.class.getResourceAsStream("default-policy.yaml")) {
            String rejecting = new String(packaged.readAllBytes(), StandardCharsets.UTF_8);
            String registering = rejecting.replace("unknownCustomer: REJECT", "unknownCustomer: REGISTER");
            Files.writeString(policy(directory), registering);
        }
        return directory;
    }

    private static Path policy(Path directory) {
        return directory.resolve("policy.yaml");
    }

    @Override
    public void close() {
        processor.close();
        registry.close();
        platform.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }
}
