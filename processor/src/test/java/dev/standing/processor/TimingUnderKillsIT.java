package dev.standing.processor;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.avro.SubordinateUpdate;
import dev.standing.domain.cascade.Cascade;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.mapping.CommandMapping;
import dev.standing.mapping.CustomerMapping;
import dev.standing.processor.store.DueIndex;
import dev.standing.processor.store.DueIndex.Row;
import dev.standing.processor.testing.DueRows;
import dev.standing.processor.testing.LivesOfPlans;
import dev.standing.processor.testing.QuickMotion;
import dev.standing.processor.testing.QuickMotion.Timed;
import dev.standing.processor.testing.RecordedLog;
import dev.standing.service.settings.Settings;
import dev.standing.testing.TestPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time brings about, while those who are to bring it about die again and again: whatever is planned ends once, and
 * not before its time; each cascade reaches each subordinate once; and the index of due times has the rows that follow
 * from what the customers plan, no more and no less.
 *
 * <p>Two processors share the work. At random, stream threads die in the middle of a transaction, processors stop and
 * come back with and without their stores, transactions are fenced off, and the broker is restarted. What dies with a
 * whole process, which is killed, is for {@code ProcessorCrashIT} and {@code CascadeCrashIT} of the module
 * {@code local}. That the index is right after each single step, and so at each commit, is for
 * {@code RandomSequencesTest}; here it is read from its changelog, as a processor would restore it, whenever time is
 * made to stand still.
 */
class TimingUnderKillsIT {

    private static final Logger LOG = LoggerFactory.getLogger(TimingUnderKillsIT.class);

    private static final int CUSTOMERS = 60;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(9);

    /** A thread that dies has decided some commands of its transaction, or one, or has written it. */
    private static final int MOST_TIMES_TO_DEATH = 6;

    private static TestPlatform platform;

    @TempDir
    private Path directory;

    private final HeldClock clock = new HeldClock();

    @BeforeAll
    static void startPlatform() {
        platform = TestPlatform.embedded();
    }

    @AfterAll
    static void stopPlatform() {
        platform.close();
    }

    /** What can happen to those who work. */
    private enum Blow {
        THREAD_KILLED,
        RESTARTED_WITH_STORES,
        RESTARTED_WITHOUT_STORES,
        FENCED,
        BROKER_RESTARTED
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true"})
    void nothingDueIsForgottenAndNothingHappensTwice(long seed, boolean confirmsByItself) throws Exception {
        Path policy = policy(confirmsByItself);
        try (Deployment deployment = Deployment.on(platform)) {
            Settings settings =
                    deployment.settings(directory).with(Map.of(ProcessorSettings.POLICY.name(), policy.toString()));
            try (MortalProcessor one = new MortalProcessor(settings, directory.resolve("one"), clock);
                    MortalProcessor other = new MortalProcessor(settings, directory.resolve("other"), clock);
                    Trial trial = new Trial(
                            new Random(seed),
                            deployment,
                            List.of(one, other),
                            new Settlement(PolicyFile.read(policy)))) {
                trial.run();
                deployment.assertAuditHolds(PolicyFile.read(policy));
                assertThat(one.deaths() + other.deaths()).isPositive();
            }
        }
    }

    /** One run: commands are sent and blows dealt in rounds, after each of which time stands still for a look. */
    private final class Trial implements AutoCloseable {

        private final Random random;
        private final Deployment deployment;
        private final List<MortalProcessor> processors;
        private final Settlement settlement;
        private final Deployment.ResultCount results;
        private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        private final AtomicInteger sent = new AtomicInteger();

        Trial(Random random, Deployment deployment, List<MortalProcessor> processors, Settlement settlement) {
            this.random = random;
            this.deployment = deployment;
            this.processors = processors;
            this.settlement = settlement;
            this.results = deployment.resultCount();
        }

        void run() throws Exception {
            List<List<Blow>> blows = blows();
            Instant begin = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            List<Timed> commands = QuickMotion.commands(random, CUSTOMERS, begin, ROUND.multipliedBy(ROUNDS));
            int done = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                Instant end = begin.plus(ROUND.multipliedBy(round));
                List<Timed> next = commands.stream()
                        .skip(done)
                        .takeWhile(timed -> timed.at().isBefore(end))
                        .toList();
                round(next, end, blows.get(round - 1));
                done += next.size();
                holdTimeUntilAllIsDone();
                assertThat(plannedRows()).as("rows after round %s", round).isNotEmpty();
                assertIndexFollows();
                clock.letGo();
            }
            await().atMost(Deployment.PATIENCE).until(() -> plannedRows().isEmpty());
            holdTimeUntilAllIsDone();
            assertIndexFollows();
            assertNothingIsForgottenOrDoneTwice();
        }

        private List<List<Blow>> blows() {
            List<Blow> all = new ArrayList<>(List.of(Blow.values()));
            all.add(Blow.THREAD_KILLED);
            Collections.shuffle(all, random);
            List<List<Blow>> rounds = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                rounds.add(all.subList(round * all.size() / ROUNDS, (round + 1) * all.size() / ROUNDS));
            }
            return rounds;
        }

        /**
         * Blows come when some of the commands are sent, which goes on meanwhile. Time stands still at the end, however
         * long it takes to recover from them: so that something is still planned when all that was due is done.
         */
        private void round(List<Timed> commands, Instant end, List<Blow> blows) throws Exception {
            int before = sent.get();
            Instant now = clock.instant();
            for (Timed timed : commands) {
                Future<?> unused = sender.schedule(
                        () -> {
                            deployment.send(CommandMapping.toAvro(timed.command()));
                            sent.incrementAndGet();
                        },
                        Duration.between(now, timed.at()).toMillis(),
                        TimeUnit.MILLISECONDS);
            }
            Future<?> held =
                    sender.schedule(clock::hold, Duration.between(now, end).toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < blows.size(); i++) {
                int part = commands.size() / blows.size();
                awaitSent(before + i * part + random.nextInt(part));
                deal(blows.get(i), processors.get(random.nextInt(processors.size())));
            }
            held.get(Deployment.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            awaitSent(before + commands.size());
        }

        private void awaitSent(int count) {
            await().atMost(Deployment.PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> sent.get() >= count);
        }

        private void deal(Blow blow, MortalProcessor processor) throws Exception {
            LOG.info("After {} commands: {}", sent, blow);
            switch (blow) {
                case THREAD_KILLED -> processor.killThread(1 + random.nextInt(MOST_TIMES_TO_DEATH));
                case RESTARTED_WITH_STORES -> processor.restart(true);
                case RESTARTED_WITHOUT_STORES -> processor.restart(false);
                case FENCED -> deployment.fenceProcessors();
                case BROKER_RESTARTED -> {
                    platform.takeBrokerAway();
                    platform.bringBrokerBack();
                }
            }
        }

        /** From then on nothing changes until time goes on: all that was sent is answered, and nothing is due. */
        private void holdTimeUntilAllIsDone() {
            clock.hold();
            results.await(sent.get());
            Instant now = clock.instant();
            await().atMost(Deployment.PATIENCE)
                    .until(() ->
                            plannedRows().stream().noneMatch(row -> !row.at().isAfter(now)) && !hasOpenCascades());
        }

        private boolean hasOpenCascades() {
            return log().events().values().stream()
                    .anyMatch(events ->
                            Cascade.startedBy(events).size() > completed(events).size());
        }

        private void assertIndexFollows() {
            Set<Row> index = index();
            assertThat(index).isEqualTo(plannedRows());
            LOG.info("{} rows, as planned", index.size());
        }

        /** The rows that the customers should have. */
        private Set<Row> plannedRows() {
            return DueRows.of(customers().values(), settlement);
        }

        /** The rows that the index has, as its changelog tells. */
        private Set<Row> index() {
            Map<Bytes, Boolean> kept = new HashMap<>();
            deployment
                    .read(deployment.changelog(DueIndex.name()))
                    .forEach(record -> kept.put(Bytes.wrap(record.key()), record.value() != null));
            Set<Row> rows = new HashSet<>();
            kept.forEach((key, isThere) -> {
                if (isThere) {
                    DueRows.row(key.get()).ifPresent(rows::add);
                }
            });
            return rows;
        }

        private Map<String, Customer> customers() {
            Map<String, Customer> latest = new HashMap<>();
            deployment
                    .customers()
                    .forEach(customer -> latest.put(customer.getCustomerId(), CustomerMapping.toDomain(customer)));
            return latest;
        }

        private RecordedLog log() {
            RecordedLog log = new RecordedLog();
            deployment.read(deployment.topics.events().name()).forEach(record -> log.add(record.key(), record.value()));
            return log;
        }

        private void assertNothingIsForgottenOrDoneTwice() {
            assertEachCommandIsAnsweredOnce();
            Map<String, List<Event>> events = log().events();
            Map<String, Customer> customers = customers();
            assertThat(customers).hasSize(CUSTOMERS).containsOnlyKeys(events.keySet());
            Map<String, List<SubordinateUpdate>> updates =
                    deployment.subordinateUpdates().stream().collect(groupingBy(SubordinateUpdate::getCustomerId));
            int due = 0;
            for (Map.Entry<String, List<Event>> all : events.entrySet()) {
                assertThat(CustomerEvolution.evolve(Optional.empty(), all.getValue()))
                        .contains(customers.get(all.getKey()));
                LivesOfPlans plans = new LivesOfPlans();
                all.getValue().forEach(plans::add);
                plans.assertNothingIsForgottenOrDoneTwice(clock.instant());
                due += plans.due();
                assertCascades(all.getValue(), updates.getOrDefault(all.getKey(), List.of()));
            }
            LOG.info("{} changes were applied when due; updates of {} customers", due, updates.size());
            // Otherwise there was nothing that could have gone wrong.
            assertThat(due).isGreaterThan(CUSTOMERS / 2);
            assertThat(updates).hasSizeGreaterThan(CUSTOMERS / 3);
        }

        private void assertEachCommandIsAnsweredOnce() {
            assertThat(deployment.read(deployment.topics.results().name()).stream()
                            .flatMap(answer -> HeaderText.read(answer.headers(), HeaderNames.CORRELATION_ID).stream()))
                    .hasSize(sent.get())
                    .doesNotHaveDuplicates();
            assertThat(deployment.read(deployment.topics.deadLetters().name())).isEmpty();
        }

        private static void assertCascades(List<Event> events, List<SubordinateUpdate> updates) {
            assertThat(completed(events))
                    .extracting(CascadeCompleted::causeSequence)
                    .containsExactlyElementsOf(Cascade.startedBy(events).stream()
                            .map(Cascade::causeSequence)
                            .toList());
            assertThat(updates).extracting(SubordinateUpdate::getUpdateId).doesNotHaveDuplicates();
            Map<Long, Long> counts =
                    updates.stream().collect(groupingBy(SubordinateUpdate::getCauseSequence, counting()));
            Map<Long, Long> told = new HashMap<>();
            completed(events).stream()
                    .filter(completed -> completed.updated() > 0)
                    .forEach(completed -> told.put(completed.causeSequence(), completed.updated()));
            assertThat(counts).isEqualTo(told);
        }

        private static List<CascadeCompleted> completed(List<Event> events) {
            return events.stream()
                    .map(Event::fact)
                    .flatMap(fact -> fact instanceof CascadeCompleted completed ? Stream.of(completed) : Stream.empty())
                    .toList();
        }

        @Override
        public void close() {
            sender.shutdownNow();
            results.close();
        }
    }

    private Path policy(boolean confirmsByItself) throws IOException {
        try (InputStream packaged = PolicyFile.class.getResourceAsStream("default-policy.yaml")) {
            String policy = new String(packaged.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(policy).contains("{enabled: false, action: CONFIRM, after: PT0S}");
            return Files.writeString(
                    directory.resolve("policy.yaml"),
                    policy.replace("{enabled: false,", "{enabled: " + confirmsByItself + ","));
        }
    }
}
