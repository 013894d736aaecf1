package dev.standing.bench.scenario;

import dev.standing.avro.ResultStatus;
import dev.standing.bench.load.Answers;
import dev.standing.bench.load.Bulk;
import dev.standing.bench.load.Events;
import dev.standing.bench.load.OpenLoop;
import dev.standing.bench.measure.Distribution;
import dev.standing.bench.measure.ProcessorLoad;
import dev.standing.bench.measure.Turns;
import dev.standing.bench.platform.TestBed;
import dev.standing.bench.platform.Waiting;
import dev.standing.bench.report.Figure;
import dev.standing.bench.report.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Very many changes that fall due in the same second, while commands of other customers arrive. Every tenth customer has
 * three changes for the same instant.
 *
 * @param changes how many fall due
 * @param rate how many commands arrive in a second
 * @param others how many other customers there are
 * @param calm how long the commands are measured before the storm
 * @param lead how long before the storm to begin planning; empty: as long as it takes, by a trial
 */
public record Storm(int changes, int rate, int others, Duration calm, Optional<Duration> lead) implements Scenario {

    private static final String CUSTOMERS = "storm-";
    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** How long commands are still sent when all is over. */
    private static final Duration AFTERMATH = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("changes", Integer.toString(changes));
        settings.put("rate", rate + "/s");
        settings.put("others", Integer.toString(others));
        settings.put("calm", calm.toSeconds() + " s");
        return settings;
    }

    @Override
    public List<Figure> measure(TestBed bed, Progress progress) {
        try (Answers answers = Answers.follow(bed)) {
            Bulk bulk = new Bulk(bed, answers, progress);
            double warm = new OtherCustomers(others).warmUp(bulk);
            Instant due = dueAt(warm);
            double planning = bulk.send("Planned", changes, ResultStatus.SCHEDULED, plan(due)::nth);
            requireCalmBefore(due);
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.of("planning: commands", planning, "/s"));
            figures.addAll(storm(bed, answers, due, progress));
            PlannedAndApplied changesSeen = new PlannedAndApplied();
            Events.read(bed, CUSTOMERS, changesSeen::add);
            figures.addAll(changesSeen.lateness().figures("lateness of what was applied"));
            figures.addAll(changesSeen.faults(changes));
            return figures;
        }
    }

    private List<Figure> storm(TestBed bed, Answers answers, Instant due, Progress progress) {
        AtomicInteger applied = new AtomicInteger();
        AtomicLong lastSeen = new AtomicLong();
        try (Events.Following events = Events.follow(bed, CUSTOMERS, (customer, millis) -> {
                    lastSeen.set(millis);
                    applied.incrementAndGet();
                });
                OpenLoop loop = OpenLoop.start(bed, answers, rate, new OtherCustomers(others)::load);
                Turns turns = Turns.record()) {
            progress.line("Calm until " + due.truncatedTo(ChronoUnit.SECONDS));
            Waiting.until(due);
            long begin =
                    System.nanoTime() - Duration.between(due, Instant.now()).toNanos();
            ProcessorLoad before = bed.load();
            Progress.Step step = progress.step("Applied", changes);
            Waiting.until("all changes are applied", PATIENCE, () -> {
                events.requireNoFailure();
                step.reached(applied.get());
                return applied.get() >= changes;
            });
            ProcessorLoad during = bed.load().since(before);
            Duration took = Duration.between(due, Instant.ofEpochMilli(lastSeen.get()));
            Waiting.sleep(AFTERMATH);
            loop.stop();
            bed.requireHealthy();
            List<Figure> figures = new ArrayList<>();
            figures.addAll(figures(
                    loop.latencies(begin - calm.toNanos(), begin), loop.latencies(begin, begin + took.toNanos())));
            figures.add(Figure.of("storm: duration", took.toMillis() / 1e3, "s"));
            figures.add(Figure.of("storm: changes", changes / (took.toMillis() / 1e3), "/s"));
            figures.addAll(Effort.figures(during, turns.stop()));
            return figures;
        }
    }

    private static List<Figure> figures(Distribution before, Distribution during) {
        List<Figure> figures = new ArrayList<>(before.figures("commands in the calm"));
        figures.addAll(during.figures("commands in the storm"));
        figures.add(Figure.of("p99 in the storm to p99 in the calm", during.millisAt(99) / before.millisAt(99), "")
                .atMost(3));
        return figures;
    }

    private Instant dueAt(double perSecond) {
        Duration planning = lead.orElse(Duration.ofMillis((long) (2 * 1_000 * changes / perSecond)));
        return Instant.now()
                .plus(planning)
                .plus(calm)
                .plus(MARGIN)
                .plusSeconds(1)
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private void requireCalmBefore(Instant due) {
        Duration left = Duration.between(Instant.now(), due);
        if (left.compareTo(calm) < 0) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "Planning took longer than foreseen: %.1f s are left, and %d s of calm are wanted; give --lead",
                    left.toMillis() / 1e3,
                    calm.toSeconds()));
        }
    }

    private static StormPlan plan(Instant due) {
        return new StormPlan(CUSTOMERS, due);
    }
}
