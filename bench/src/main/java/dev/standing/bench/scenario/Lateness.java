package dev.standing.bench.scenario;

import dev.standing.avro.ResultStatus;
import dev.standing.bench.load.Answers;
import dev.standing.bench.load.Bulk;
import dev.standing.bench.load.Commands;
import dev.standing.bench.load.Commands.Change;
import dev.standing.bench.load.Events;
import dev.standing.bench.measure.Distribution;
import dev.standing.bench.platform.TestBed;
import dev.standing.bench.platform.Waiting;
import dev.standing.bench.report.Figure;
import dev.standing.bench.report.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How late single changes are applied while the processor has nothing else to do, and what it costs to have nothing to
 * do.
 *
 * @param changes how many fall due, one every 100 to 400 ms
 * @param idle how long nothing is done
 * @param polls the values of {@code poll.ms} to do it with, each after a restart
 * @param seed of the random times
 */
public record Lateness(int changes, Duration idle, List<Integer> polls, long seed) implements Scenario {

    private static final int SHORTEST_GAP_MS = 100;
    private static final int LONGEST_GAP_MS = 400;
    private static final Duration TIME_TO_PLAN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Keeps a copy. */
    public Lateness {
        polls = List.copyOf(polls);
    }

    @Override
    public String name() {
        return "lateness";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("changes", Integer.toString(changes));
        settings.put("idle", idle.toSeconds() + " s");
        settings.put("poll", polls.toString());
        settings.put("seed", Long.toString(seed));
        return settings;
    }

    @Override
    public List<Figure> measure(TestBed bed, Progress progress) {
        List<Figure> figures = new ArrayList<>();
        for (int poll : polls) {
            bed.restartProcessor(Map.of("processor.streams.poll.ms", Integer.toString(poll)));
            progress.line("With poll.ms = " + poll);
            figures.addAll(measure(bed, progress, "poll.ms=" + poll));
        }
        return figures;
    }

    private List<Figure> measure(TestBed bed, Progress progress, String with) {
        List<Figure> figures = new ArrayList<>();
        try (Answers answers = Answers.follow(bed)) {
            String customers = "single-" + with + "-";
            List<Instant> due = new ArrayList<>();
            Distribution seen = new Distribution();
            AtomicInteger applied = new AtomicInteger();
            Instant first = Instant.now().plus(TIME_TO_PLAN);
            new Random(seed)
                    .ints(changes, SHORTEST_GAP_MS, LONGEST_GAP_MS + 1)
                    .forEach(gap -> due.add((due.isEmpty() ? first : due.get(due.size() - 1)).plusMillis(gap)));
            new Bulk(bed, answers, progress)
                    .send(
                            "Planned",
                            changes,
                            ResultStatus.SCHEDULED,
                            nth -> Commands.plan(customers + nth, customers + nth, Change.NON_PAYMENT, due.get(nth)));
            try (Events.Following events = Events.follow(bed, customers, (customer, millis) -> {
                int nth = Integer.parseInt(customer.substring(customers.length()));
                seen.add(TimeUnit.MILLISECONDS.toNanos(millis - due.get(nth).toEpochMilli()));
                applied.incrementAndGet();
            })) {
                Progress.Step step = progress.step("Applied", changes);
                Duration whole = Duration.between(Instant.now(), due.get(changes - 1));
                Waiting.until("all changes are applied", whole.plus(PATIENCE), () -> {
                    events.requireNoFailure();
                    step.reached(applied.get());
                    return applied.get() >= changes;
                });
            }
            PlannedAndApplied all = new PlannedAndApplied();
            Events.read(bed, customers, all::add);
            figures.addAll(all.lateness().figures(with + ": lateness when decided"));
            figures.addAll(seen.figures(with + ": lateness when seen"));
            figures.addAll(all.faults(changes));
        }
        figures.addAll(Idle.measure(bed, progress, idle, with));
        return figures;
    }
}
