package dev.standing.processor.metrics;

import dev.standing.avro.CommandResult;
import dev.standing.avro.RejectionCode;
import dev.standing.processor.intake.DeadLetterReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * What a processor measures of itself. Counters and timers count attempts: a transaction that is aborted is done again,
 * and counts again. Safe for use by many threads.
 */
public final class ProcessorMetrics implements AutoCloseable {

    /** Where the counting of what is due ends: it reads row by row, on the thread of who asks. */
    private static final long MOST_COUNTED = 1_000_000;

    private static final String NO_CODE = "NONE";
    private static final double UNKNOWN = Double.NaN;

    /** What waits for people, from one millisecond to a minute, each about twice the one before. */
    private static final Duration[] AGES = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    /** What one thread works on: from a tenth of a millisecond on. */
    private static final Duration[] WORK = {
        Duration.ofNanos(100_000),
        Duration.ofNanos(200_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(1)
    };

    /** Partitions come and go, and what Kafka's clients measure of them; it is looked up this often. */
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(10);

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final ScheduledExecutorService refreshing = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "processor-kafka-metrics");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<TaskGauges> tasks = ConcurrentHashMap.newKeySet();
    private final Timer processing;
    private final Timer age;
    private final Timer lateness;
    private final Counter updated;
    private final Counter skipped;
    private final RestoreProgress restoring;
    private final Collection<KafkaStreamsMetrics> clients = new ConcurrentLinkedQueue<>();

    /**
     * Measures into the registry. What Kafka's clients measure of themselves is more than anybody looks at: give the
     * registry a {@link KafkaMetricsSelection} before.
     *
     * @param clock tells how late and how old something is
     */
    public ProcessorMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        processing = timer(ProcessorMetric.COMMAND_PROCESSING, WORK);
        age = timer(ProcessorMetric.COMMAND_AGE, AGES);
        lateness = timer(ProcessorMetric.DUE_LATENESS_APPLIED, AGES);
        updated = counter(ProcessorMetric.SUBORDINATE_UPDATES, "outcome", "updated");
        skipped = counter(ProcessorMetric.SUBORDINATE_UPDATES, "outcome", "skipped");
        Counter restored = counter(ProcessorMetric.RESTORE_RECORDS);
        restoring = new RestoreProgress(restored::increment);
        // From the start on, so that the first letter is an increase.
        List.of(DeadLetterReason.values()).forEach(this::deadLetters);
        gauge(ProcessorMetric.RESTORE_REMAINING, "", () -> restoring.remaining());
        gauge(ProcessorMetric.DUE_LATENESS, "seconds", () -> secondsSince(earliest(TaskGauges::nextDue)));
        gauge(ProcessorMetric.CASCADES_OPEN, "", () -> sum(TaskGauges::openCascades));
        gauge(ProcessorMetric.CASCADE_AGE, "seconds", () -> secondsSince(earliest(TaskGauges::oldestCascade)));
    }

    /** Begins to measure what is planned. */
    public void watch(PlannedChanges planned) {
        gauge(ProcessorMetric.PLANNED_CHANGES, "", () -> orUnknown(planned.estimated()));
        gauge(ProcessorMetric.DUE_BACKLOG, "", () -> backlog(planned));
    }

    /**
     * Begins to measure whether it can do its work.
     *
     * @param obstacles what keeps it from that; empty: nothing
     */
    public void watch(Supplier<List<String>> obstacles) {
        gauge(ProcessorMetric.READY, "", () -> obstacles.get().isEmpty() ? 1 : 0);
    }

    /** Begins to measure how many bytes of native memory the stores use. */
    public void watchStoreMemory(LongSupplier usedBytes) {
        gauge(ProcessorMetric.STORE_MEMORY_USED, "bytes", usedBytes::getAsLong);
    }

    /** Begins to show a selection of what a Kafka Streams client and its consumers and producers measure themselves. */
    public void watch(KafkaStreams streams) {
        KafkaStreamsMetrics client = new KafkaStreamsMetrics(streams, Tags.empty(), refreshing, REFRESH_INTERVAL);
        client.bindTo(registry);
        clients.add(client);
    }

    /** A task that is there from now on; the same object is to be removed when it is gone. */
    public void addTask(TaskGauges task) {
        tasks.add(task);
    }

    /** A task that is gone; nothing happens if it was never there. */
    public void removeTask(TaskGauges task) {
        tasks.remove(task);
    }

    /** A command was decided, or answered as before; {@code appendedAt} is when it came into the log. */
    public void commandDecided(CommandResult result, Instant appendedAt) {
        Counter.builder(ProcessorMetric.COMMANDS.label())
                .description(ProcessorMetric.COMMANDS.description())
                .tag("result", result.getStatus().name())
                .tag("code", result.getCode().map(RejectionCode::name).orElse(NO_CODE))
                .tag("replayed", Boolean.toString(result.getReplayed()))
                .register(registry)
                .increment();
        age.record(notNegative(Duration.between(appendedAt, clock.instant())));
    }

    /** Begins to measure the reading, deciding and writing of one command. */
    public Processing processing() {
        Timer.Sample begun = Timer.start(registry);
        return () -> begun.stop(processing);
    }

    /** A command that is being processed. What is not told to be done is not measured. */
    public interface Processing {

        /** All that follows from it is written. */
        void done();
    }

    /** What was due of a customer was applied. */
    public void dueLateness(Instant due, Instant recordedAt) {
        lateness.record(notNegative(Duration.between(due, recordedAt)));
    }

    /** A cascade came to so many subordinates, and had something, or nothing, to change of them. */
    public void subordinatesReached(long updated, long skipped) {
        this.updated.increment((double) updated);
        this.skipped.increment((double) skipped);
    }

    /** A record went to the dead letters. */
    public void deadLettered(DeadLetterReason reason) {
        deadLetters(reason).increment();
    }

    /** To be told of what is restored, by every Kafka Streams client of the process. */
    public StateRestoreListener restoreListener() {
        return restoring;
    }

    private double backlog(PlannedChanges planned) {
        Instant now = clock.instant();
        // Not from the beginning: a scan would walk over all that was ever deleted.
        Optional<Instant> earliest = earliest(TaskGauges::nextDue).filter(due -> !due.isAfter(now));
        return earliest.map(due -> orUnknown(planned.due(due, now, MOST_COUNTED)))
                .orElse(0.0);
    }

    private double secondsSince(Optional<Instant> time) {
        return time.map(begin ->
                        notNegative(Duration.between(begin, clock.instant())).toMillis() / 1_000.0)
                .orElse(0.0);
    }

    private Optional<Instant> earliest(Function<TaskGauges, Optional<Instant>> time) {
        return tasks.stream().map(time).flatMap(Optional::stream).min(Instant::compareTo);
    }

    private double sum(ToDoubleFunction<TaskGauges> count) {
        return tasks.stream().mapToDouble(count).sum();
    }

    private static double orUnknown(OptionalLong count) {
        return count.isPresent() ? count.getAsLong() : UNKNOWN;
    }

    /** Clocks of two machines differ, and one may be set back. */
    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private Counter deadLetters(DeadLetterReason reason) {
        return counter(ProcessorMetric.DEAD_LETTERS, "reason", reason.name());
    }

    private Counter counter(ProcessorMetric metric, String... tags) {
        return Counter.builder(metric.label())
                .description(metric.description())
                .tags(tags)
                .register(registry);
    }

    private Timer timer(ProcessorMetric metric, Duration... buckets) {
        return Timer.builder(metric.label())
                .description(metric.description())
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private void gauge(ProcessorMetric metric, String unit, Supplier<Number> value) {
        Gauge.builder(metric.label(), value)
                .description(metric.description())
                .baseUnit(unit.isEmpty() ? null : unit)
                .register(registry);
    }

    /** Lets go of the clients; to be called once they are closed. */
    @Override
    public void close() {
        refreshing.shutdownNow();
        clients.forEach(KafkaStreamsMetrics::close);
    }
}
