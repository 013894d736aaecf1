package dev.standing.processor;

import dev.standing.avro.CommandResult;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.processor.history.QueryAddress;
import dev.standing.processor.history.ReadModel;
import dev.standing.processor.intake.SchemaFetcher;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.processor.memory.StoreMemory;
import dev.standing.processor.metrics.KafkaMetricsSelection;
import dev.standing.processor.metrics.ProcessorMetrics;
import dev.standing.processor.metrics.StoredPlannedChanges;
import dev.standing.processor.output.OutputEncoder;
import dev.standing.processor.output.OutputSchemas;
import dev.standing.processor.query.QueryRoutes;
import dev.standing.processor.timing.PunctualClients;
import dev.standing.processor.timing.ThreadAgendas;
import dev.standing.processor.topology.StandingTopology;
import dev.standing.registry.RegisteredSchema;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroSerializer;
import dev.standing.service.health.HealthRoutes;
import dev.standing.service.metrics.ServiceMetrics;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.service.settings.Settings;
import dev.standing.topics.TopicCatalogue;
import dev.standing.topics.TopicDefinition;
import dev.standing.topics.TopicProvisioning;
import io.javalin.Javalin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.avro.Schema;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running processor: the Kafka Streams client that processes commands, the read model that queries are answered from,
 * and the HTTP server. What fails in the read model never stops the processing. Safe for use by many threads.
 */
public final class ProcessorService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorService.class);

    /** How long it takes to close at most: the threads, and then their stores. */
    public static final Duration CLOSES_WITHIN = Duration.ofSeconds(15);

    /** A transaction that is under way when the time is over is aborted, and its commands are taken again. */
    private static final Duration THREADS_CLOSE_WITHIN = Duration.ofSeconds(10);

    private static final int MIN_HTTP_THREADS = 4;
    private static final int MAX_HTTP_THREADS = 32;

    private final ProcessorSettings settings;
    private final SchemaRegistryClient registry;
    private final SchemaFetcher schemas;
    private final WaitingTasks waiting = new WaitingTasks();
    private final StoreMemory memory;
    private final ServiceMetrics serviceMetrics = new ServiceMetrics(new KafkaMetricsSelection());
    private final ProcessorMetrics metrics;
    private final FailureBudget failures;
    private final KafkaStreams streams;
    private final FailureBudget historyFailures;
    private final ReadModel history;
    private final Javalin http;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private ProcessorService(
            ProcessorSettings settings, SchemaRegistryClient registry, TopicCatalogue topics, InstantSource clock) {
        this.settings = settings;
        this.registry = registry;
        this.schemas = new SchemaFetcher(registry);
        this.metrics = new ProcessorMetrics(serviceMetrics.registry(), clock);
        this.memory = StoreMemory.ofMebibytes(settings.storeMemory());
        OutputEncoder encoder = new OutputEncoder(OutputSchemas.lookUp(topics, new AvroSerializer<>(registry, false)));
        ThreadAgendas agendas = new ThreadAgendas(System::nanoTime);
        StandingTopology topology = new StandingTopology(
                topics, settings.policy(), registry, schemas, encoder, clock, waiting, agendas, metrics);
        this.streams = streams(topology.build(), StreamsSettings.of(settings, memory), agendas);
        this.failures = new FailureBudget("the processor", clock);
        streams.setUncaughtExceptionHandler(failures);
        streams.setGlobalStateRestoreListener(metrics.restoreListener());
        streams.setStateListener((now, before) -> {
            LOG.info("Kafka Streams: {} (was {})", now, before);
            if (now == State.ERROR) {
                stopped.completeExceptionally(
                        new IllegalStateException("Kafka Streams stopped after too many failures"));
            }
        });
        this.historyFailures = new FailureBudget("the read model", clock);
        this.history = new ReadModel(
                topics,
                registry,
                schemas,
                historyFailures,
                metrics,
                settings.policy().idempotencyRetention(),
                clock);
        QueuedThreadPool httpThreads = new QueuedThreadPool(MAX_HTTP_THREADS, MIN_HTTP_THREADS);
        httpThreads.setName("processor-http");
        QueryRoutes queries = new QueryRoutes(history, settings.policy(), clock, httpThreads);
        this.http = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.jetty.threadPool = httpThreads;
            HealthRoutes.add(config, this::obstacles);
            serviceMetrics.addTo(config);
            queries.addTo(config);
        });
        metrics.watch(streams);
        metrics.watch(new StoredPlannedChanges(streams));
        metrics.watch(this::obstacles);
        metrics.watchStoreMemory(memory::usedBytes);
    }

    private static KafkaStreams streams(Topology topology, Map<String, Object> settings, ThreadAgendas agendas) {
        StreamsConfig config = new StreamsConfig(settings);
        return StreamsSettings.takesOurConsumers(settings)
                ? new KafkaStreams(topology, config, new PunctualClients(agendas))
                : new KafkaStreams(topology, config);
    }

    /**
     * Starts a processor; returns before it has been given its partitions ({@link #obstacles}).
     *
     * @throws dev.standing.service.settings.InvalidSettingsException if a setting is refused
     * @throws dev.standing.domain.policy.InvalidPolicyException if the policy is refused
     * @throws dev.standing.topics.TopicMismatchException if the topics are not as they should be
     * @throws dev.standing.registry.RegistryException if the registry does not give the schemas
     */
    public static ProcessorService start(Settings given) {
        return start(given, InstantSource.system());
    }

    /** As the other, with another clock for all decisions. */
    static ProcessorService start(Settings given, InstantSource clock) {
        ProcessorSettings settings = ProcessorSettings.from(given);
        ConnectionSettings connection = settings.connection();
        TopicCatalogue topics =
                new TopicCatalogue(connection.topicPrefix(), connection.partitions(), connection.replicationFactor());
        try (TopicProvisioning provisioning = TopicProvisioning.connect(connection.kafka(), topics)) {
            provisioning.check();
        }
        SchemaRegistryClient registry = new SchemaRegistryClient(connection.registry());
        try {
            fetchAhead(registry, topics.commands(), CustomerCommand.getClassSchema());
            fetchAhead(registry, topics.events(), CustomerEvent.getClassSchema());
            fetchAhead(registry, topics.externalIds(), ExternalIdClaim.getClassSchema());
            fetchAhead(registry, topics.results(), CommandResult.getClassSchema());
            ProcessorService service = new ProcessorService(settings, registry, topics, clock);
            service.run();
            return service;
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    /** Records of every version that there is so far are decoded without asking the registry. */
    private static void fetchAhead(SchemaRegistryClient registry, TopicDefinition topic, Schema schema) {
        String subject = registry.config().subject(topic.name(), false, schema.getFullName());
        List<RegisteredSchema> versions = registry.versions(subject);
        LOG.info("{} versions of {} fetched ahead", versions.size(), subject);
    }

    private void run() {
        try {
            http.start(settings.queryHost(), settings.queryPort());
            streams.start();
            history.start(StreamsSettings.history(settings, memory), address());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        LOG.info(
                "Processor {} decides by the policy {}; health and queries at {}",
                settings.applicationId(),
                settings.policy().version(),
                url());
    }

    /** The port of the HTTP server. */
    public int port() {
        return http.port();
    }

    /** Where gateways ask it, such as {@code http://127.0.0.1:8082}. */
    public String url() {
        return address().url();
    }

    private QueryAddress address() {
        return settings.queryAdvertised().orElseGet(() -> QueryAddress.bound(settings.queryHost(), port()));
    }

    /** What keeps it from processing commands and answering queries now, for people; empty: nothing. */
    public List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        State state = streams.state();
        if (state != State.RUNNING) {
            obstacles.add("Kafka Streams is " + state);
        }
        failures.recent().ifPresent(failure -> obstacles.add("A stream thread died a moment ago: " + failure));
        waiting.all().forEach(task -> obstacles.add("Task " + task + ": commands wait for the schema registry"));
        obstacles.addAll(history.obstacles());
        historyFailures
                .recent()
                .ifPresent(failure -> obstacles.add("A thread of the read model died a moment ago: " + failure));
        return obstacles;
    }

    /** Completes when it has stopped; exceptionally, if it stopped by itself. */
    public CompletionStage<Void> stopped() {
        return stopped;
    }

    /** Stops it, and leaves its group, so that others take over at once. Takes {@link #CLOSES_WITHIN} at most. */
    @Override
    public void close() {
        http.stop();
        CompletableFuture<Void> historyClosed = CompletableFuture.runAsync(history::close, ProcessorService::beside);
        CloseOptions leaving = CloseOptions.timeout(THREADS_CLOSE_WITHIN)
                .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
        if (!streams.close(leaving)) {
            LOG.warn("Kafka Streams did not stop within {}; its transaction will be aborted", THREADS_CLOSE_WITHIN);
        }
        historyClosed.join();
        memory.close();
        metrics.close();
        serviceMetrics.close();
        schemas.close();
        registry.close();
        stopped.complete(null);
    }

    private static void beside(Runnable work) {
        new Thread(work, "standing-history-close").start();
    }
}
