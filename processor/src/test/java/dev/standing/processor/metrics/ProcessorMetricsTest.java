package dev.standing.processor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.processor.intake.DeadLetterReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessorMetricsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(standing\\.[a-z.]+)` \\|.*");
    private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 3);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ProcessorMetrics metrics = new ProcessorMetrics(registry, () -> NOON);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void theLatenessIsThatOfTheOldestDueChangeOfAllTasks() {
        metrics.addTask(due(NOON.minusSeconds(5)));
        metrics.addTask(due(NOON.minusSeconds(90)));
        metrics.addTask(due(NOON.plusSeconds(3)));

        assertThat(gauge("standing.due.lateness")).isEqualTo(90);
    }

    @Test
    void nothingIsLateThatIsNotDueYet() {
        assertThat(gauge("standing.due.lateness")).isZero();

        metrics.addTask(due(NOON.plusSeconds(3)));

        assertThat(gauge("standing.due.lateness")).isZero();
    }

    @Test
    void aTaskThatIsGoneIsLateNoMore() {
        TaskGauges task = due(NOON.minusSeconds(5));
        metrics.addTask(task);
        metrics.removeTask(task);

        assertThat(gauge("standing.due.lateness")).isZero();
    }

    @Test
    void theBacklogIsCountedFromTheOldestDueChangeToNow() {
        Planned planned = new Planned(OptionalLong.of(7));
        metrics.watch(planned);
        metrics.addTask(due(NOON.minusSeconds(5)));
        metrics.addTask(due(NOON.minusSeconds(90)));

        assertThat(gauge("standing.due.backlog")).isEqualTo(7);
        assertThat(planned.asked).containsExactly(NOON.minusSeconds(90) + " to " + NOON + ", 1000000");
    }

    @Test
    void noStoreIsAskedWhileNothingIsDue() {
        Planned planned = new Planned(OptionalLong.of(7));
        metrics.watch(planned);
        metrics.addTask(due(NOON.plusSeconds(1)));

        assertThat(gauge("standing.due.backlog")).isZero();
        assertThat(planned.asked).isEmpty();
    }

    @Test
    void whatCannotBeAskedIsUnknown() {
        metrics.watch(new Planned(OptionalLong.empty()));
        metrics.addTask(due(NOON));

        assertThat(gauge("standing.planned.changes")).isNaN();
        assertThat(gauge("standing.due.backlog")).isNaN();
    }

    @Test
    void cascadesAreThoseOfAllTasks() {
        metrics.addTask(new Task(Optional.empty(), 2, Optional.of(NOON.minusSeconds(10))));
        metrics.addTask(new Task(Optional.empty(), 3, Optional.of(NOON.minusSeconds(60))));

        assertThat(gauge("standing.cascades.open")).isEqualTo(5);
        assertThat(gauge("standing.cascade.age")).isEqualTo(60);
    }

    @Test
    void subordinatesAreCountedByWhatBecameOfThem() {
        metrics.subordinatesReached(2, 1);

        assertThat(counter("standing.subordinate.updates", "outcome", "updated"))
                .isEqualTo(2);
        assertThat(counter("standing.subordinate.updates", "outcome", "skipped"))
                .isEqualTo(1);
    }

    @Test
    void deadLettersAreCountedByTheirReason() {
        metrics.deadLettered(DeadLetterReason.TOO_LARGE);

        assertThat(counter("standing.dead.letters", "reason", "TOO_LARGE")).isEqualTo(1);
        assertThat(counter("standing.dead.letters", "reason", "UNDECODABLE")).isZero();
    }

    @Test
    void aClockThatWasSetBackMakesNothingNegative() {
        metrics.dueLateness(NOON, NOON.minusSeconds(1));
        metrics.dueLateness(NOON, NOON.plusSeconds(4));

        assertThat(registry.get("standing.due.lateness.applied").timer().count())
                .isEqualTo(2);
        assertThat(registry.get("standing.due.lateness.applied").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(4);
    }

    @Test
    void whatIsLeftToRestoreFallsWithEachBatch() {
        StateRestoreListener listener = metrics.restoreListener();
        listener.onRestoreStart(CHANGELOG, "store", 100, 300);
        assertThat(gauge("standing.restore.remaining")).isEqualTo(200);

        listener.onBatchRestored(CHANGELOG, "store", 149, 40);

        assertThat(gauge("standing.restore.remaining")).isEqualTo(150);
        assertThat(counter("standing.restore.records")).isEqualTo(40);
    }

    @Test
    void nothingIsLeftOfWhatIsRestoredOrGivenUp() {
        StateRestoreListener listener = metrics.restoreListener();
        listener.onRestoreStart(CHANGELOG, "store", 0, 10);
        listener.onRestoreStart(new TopicPartition("other", 3), "other", 0, 20);

        listener.onRestoreEnd(CHANGELOG, "store", 10);
        assertThat(gauge("standing.restore.remaining")).isEqualTo(20);
        listener.onRestoreSuspended(new TopicPartition("other", 3), "other", 5);

        assertThat(gauge("standing.restore.remaining")).isZero();
    }

    @Test
    void everyMetricIsDocumentedAndNoOther() throws IOException {
        assertThat(documented())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProcessorMetric.values())
                        .map(ProcessorMetric::label)
                        .toList());
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private static TaskGauges due(Instant next) {
        return new Task(Optional.of(next), 0, Optional.empty());
    }

    private record Task(Optional<Instant> nextDue, long openCascades, Optional<Instant> oldestCascade)
            implements TaskGauges {}

    /** Has one answer to everything, and remembers what it was asked to count. */
    private static final class Planned implements PlannedChanges {

        private final OptionalLong answer;
        private final List<String> asked = new ArrayList<>();

        Planned(OptionalLong answer) {
            this.answer = answer;
        }

        @Override
        public OptionalLong estimated() {
            return answer;
        }

        @Override
        public OptionalLong due(Instant earliest, Instant latest, long most) {
            asked.add(earliest + " to " + latest + ", " + most);
            return answer;
        }
    }

    private static List<String> documented() throws IOException {
        String document = Files.readString(DOCUMENT);
        String section =
                document.substring(document.indexOf("\n## The processor"), document.indexOf("\n## The gateway"));
        return section.lines()
                .map(ROW::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .toList();
    }
}
