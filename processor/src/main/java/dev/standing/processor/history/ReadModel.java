package dev.standing.processor.history;

import dev.standing.processor.history.Placement.Elsewhere;
import dev.standing.processor.history.Placement.Here;
import dev.standing.processor.history.Placement.Nowhere;
import dev.standing.processor.history.ReadPositions.ReadPoint;
import dev.standing.processor.intake.SchemaFetcher;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.processor.metrics.ProcessorMetrics;
import dev.standing.processor.store.RequestWindows;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running read model of one process. What it answers has everything in it that had been acknowledged before the
 * question was asked, and nothing that was not committed; or it does not answer. Safe for use by many threads.
 */
public final class ReadModel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModel.class);

    /** How long a question waits until all is read that was acknowledged before it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    /** How many questions may wait at the same time. */
    private static final int MAX_WAITING = 1_000;

    private final TopicCatalogue topics;
    private final HistoryTopology topology;
    private final StreamsUncaughtExceptionHandler failures;
    private final ProcessorMetrics metrics;
    private final RequestWindows windows;
    private final ReadPositions positions = new ReadPositions();
    private final AgendaFloors floors = new AgendaFloors();
    private final WaitingTasks waiting = new WaitingTasks();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private volatile Optional<Running> running = Optional.empty();

    private record Running(KafkaStreams streams, Admin admin, EndOffsets ends, QueryAddress address) {}

    /**
     * A read model that is not started yet.
     *
     * @param schemas fetches into the cache of the registry's client
     * @param failures decides what becomes of stream threads that die
     * @param metrics is told of what is restored, and of the client
     * @param idempotencyRetention how long requests are remembered, and so their results kept
     * @param clock the one clock of all decisions
     */
    public ReadModel(
            TopicCatalogue topics,
            SchemaRegistryClient registry,
            SchemaFetcher schemas,
            StreamsUncaughtExceptionHandler failures,
            ProcessorMetrics metrics,
            Duration idempotencyRetention,
            InstantSource clock) {
        this.topics = topics;
        this.windows = new RequestWindows(idempotencyRetention);
        this.topology =
                new HistoryTopology(topics, registry, schemas, positions, floors, waiting, closing, windows, clock);
        this.failures = failures;
        this.metrics = metrics;
    }

    /**
     * Starts it; returns before it has been given its partitions.
     *
     * @param config of Kafka Streams
     * @param address where others reach the queries of this process
     */
    public synchronized void start(Map<String, Object> config, QueryAddress address) {
        Map<String, Object> all = new HashMap<>(config);
        all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address.hostAndPort());
        Properties properties = new Properties();
        properties.putAll(all);
        PositionTrackingClients clients = new PositionTrackingClients(positions);
        KafkaStreams streams = new KafkaStreams(topology.build(), properties, clients);
        Admin admin = clients.getAdmin(new StreamsConfig(all).getAdminConfigs("standing-read-index"));
        streams.setUncaughtExceptionHandler(this::died);
        streams.setGlobalStateRestoreListener(metrics.restoreListener());
        metrics.watch(streams);
        streams.setStateListener((now, before) -> LOG.info("Read model: {} (was {})", now, before));
        running = Optional.of(new Running(streams, admin, new EndOffsets(admin, PATIENCE), address));
        streams.start();
    }

    /** No thread takes the place of one that dies while this is closed. */
    private StreamThreadExceptionResponse died(Throwable exception) {
        return closing.getCount() == 0 ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT : failures.handle(exception);
    }

    /** What keeps it from answering now, for people; empty: nothing. */
    public List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        String state = running.map(it -> it.streams().state().name()).orElse("not started");
        if (!state.equals(State.RUNNING.name())) {
            obstacles.add("The read model is " + state);
        }
        waiting.all().forEach(task -> obstacles.add("Read model, task " + task + ": waits for the schema registry"));
        return obstacles;
    }

    /** Which processor can answer about a subject. */
    public Placement placement(Subject subject) {
        if (running.isEmpty()) {
            return new Nowhere("The read model is starting");
        }
        if (positions.isOpen(partition(subject))) {
            return new Here();
        }
        try {
            return placement(running.get(), subject);
        } catch (InvalidStateStoreException | IllegalStateException e) {
            LOG.debug("No metadata", e);
            return new Nowhere("The read model is not running");
        }
    }

    private static Placement placement(Running running, Subject subject) {
        KeyQueryMetadata metadata =
                running.streams().queryMetadataForKey(subject.kind().store(), subject.key(), new StringSerializer());
        if (metadata == null
                || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)
                || metadata.activeHost().equals(HostInfo.unavailable())) {
            return new Nowhere("It is not known which processor has the partition");
        }
        HostInfo host = metadata.activeHost();
        QueryAddress address = running.address().at(host.host(), host.port());
        return address.equals(running.address())
                ? new Nowhere("The partition is being restored")
                : new Elsewhere(address);
    }

    /**
     * Reads about a subject that is {@link Here}, as soon as everything is there that had been acknowledged before this
     * was called.
     *
     * @param reading called by the executor
     * @return fails with {@link UnavailableException} if that takes too long or the partition leaves this process
     */
    public <T> CompletableFuture<T> read(Subject subject, Function<RecordedHistory, T> reading, Executor executor) {
        if (running.isEmpty()) {
            return CompletableFuture.failedFuture(new UnavailableException("The read model is starting"));
        }
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(new UnavailableException("Too many questions are waiting"));
        }
        Running model = running.get();
        return caughtUp(model, partition(subject))
                .whenComplete((point, failure) -> places.release())
                .thenApplyAsync(point -> reading(model, point, reading), executor)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(unavailable(failure)));
    }

    /**
     * Reads every partition of the customers that is open here, each as soon as everything is there that had been
     * acknowledged before this was called.
     *
     * @param reading called by the executor
     * @return what was read, by partition; those are left out that cannot be read in time or leave this process. Fails
     *     with {@link UnavailableException} if none can be asked
     */
    public <T> CompletableFuture<SortedMap<Integer, T>> readAll(
            Function<RecordedHistory, T> reading, Executor executor) {
        if (running.isEmpty()) {
            return CompletableFuture.failedFuture(new UnavailableException("The read model is starting"));
        }
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(new UnavailableException("Too many questions are waiting"));
        }
        Running model = running.get();
        SortedMap<Integer, T> read = new ConcurrentSkipListMap<>();
        CompletableFuture<?>[] all = positions.open(topics.events().name()).stream()
                .map(partition -> caughtUp(model, partition)
                        .thenAcceptAsync(
                                point -> read.put(partition.partition(), reading(model, point, reading)), executor)
                        .exceptionallyCompose(failure -> unlessUnavailable(partition, failure)))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all)
                .whenComplete((nothing, failure) -> places.release())
                .thenApply(nothing -> read);
    }

    private static CompletableFuture<Void> unlessUnavailable(TopicPartition partition, Throwable failure) {
        Throwable cause = unavailable(failure);
        if (cause instanceof UnavailableException) {
            LOG.debug("{} is left out", partition, cause);
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.failedFuture(cause);
    }

    /** How many partitions customers are spread over. */
    public int partitions() {
        return topics.partitions();
    }

    /** Where the queries of this process are reached; empty before the start. */
    public Optional<QueryAddress> address() {
        return running.map(Running::address);
    }

    /** Where the queries of all processors are reached, this one among them, as far as is known here. */
    public Set<QueryAddress> members() {
        Set<QueryAddress> members = new LinkedHashSet<>();
        running.ifPresent(model -> {
            members.add(model.address());
            try {
                for (StreamsMetadata member : model.streams().metadataForAllStreamsClients()) {
                    if (!member.hostInfo().equals(HostInfo.unavailable())) {
                        members.add(model.address().at(member.host(), member.port()));
                    }
                }
            } catch (InvalidStateStoreException | IllegalStateException e) {
                LOG.debug("No metadata", e);
            }
        });
        return members;
    }

    private CompletableFuture<ReadPoint> caughtUp(Running model, TopicPartition partition) {
        CompletableFuture<ReadPoint> caughtUp =
                new CompletableFuture<ReadPoint>().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Long> unused = model.ends().end(partition).whenComplete((end, failure) -> {
            if (failure == null) {
                positions.whenReached(partition, end, caughtUp);
            } else {
                caughtUp.completeExceptionally(
                        new UnavailableException("Kafka did not say where the partition ends", failure));
            }
        });
        return caughtUp;
    }

    private <T> T reading(Running model, ReadPoint point, Function<RecordedHistory, T> reading) {
        T read = reading.apply(
                new StoredHistory(model.streams(), point.partition().partition(), floors, windows));
        if (!positions.isValid(point)) {
            throw new UnavailableException("The partition left this processor meanwhile");
        }
        return read;
    }

    private static Throwable unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return new UnavailableException("The read model has not caught up in time", cause);
        }
        if (cause instanceof InvalidStateStoreException) {
            return new UnavailableException("The partition left this processor meanwhile", cause);
        }
        return cause;
    }

    private TopicPartition partition(Subject subject) {
        String topic = switch (subject.kind()) {
            case CUSTOMER -> topics.events().name();
            case EXTERNAL_ID -> topics.externalIds().name();
            case REQUESTS -> topics.results().name();
        };
        byte[] key = subject.key().getBytes(StandardCharsets.UTF_8);
        return new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % topics.partitions());
    }

    /** Stops it, and leaves its group, so that others take over at once. Takes ten seconds at most. */
    @Override
    public synchronized void close() {
        closing.countDown();
        running.ifPresent(model -> {
            CloseOptions leaving = CloseOptions.timeout(CLOSE_WITHIN)
                    .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
            if (!model.streams().close(leaving)) {
                LOG.warn("The read model did not stop within {}", CLOSE_WITHIN);
            }
            model.admin().close(Duration.ZERO);
        });
    }
}
