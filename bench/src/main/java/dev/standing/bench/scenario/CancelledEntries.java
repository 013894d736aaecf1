package dev.standing.bench.scenario;

import dev.standing.avro.CustomerCommand;
import dev.standing.avro.ResultStatus;
import dev.standing.bench.load.Answers;
import dev.standing.bench.load.Bulk;
import dev.standing.bench.load.Commands;
import dev.standing.bench.load.Commands.Change;
import dev.standing.bench.measure.Distribution;
import dev.standing.bench.measure.Turns;
import dev.standing.bench.measure.Turns.Turn;
import dev.standing.bench.platform.TestBed;
import dev.standing.bench.platform.TestBed.Restart;
import dev.standing.bench.platform.Waiting;
import dev.standing.bench.report.Figure;
import dev.standing.bench.report.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/**
 * What it costs to look at what is due, when very many changes are planned and most of them were cancelled: before and
 * after a restart, in turns at which a change would have fallen due that was cancelled, and when nothing is due.
 *
 * @param customers how many there are, each with one change that is planned for a random time within half a year
 * @param cancel how many of those changes are cancelled
 * @param order which ones
 * @param rounds how often, each time, a change of every partition is cancelled just before it falls due
 * @param idle how long nothing is done
 * @param seed of the random times
 */
public record CancelledEntries(int customers, int cancel, Order order, int rounds, Duration idle, long seed)
        implements Scenario {

    private static final Duration NEAREST = Duration.ofDays(1);
    private static final Duration FARTHEST = Duration.ofDays(183);

    /** How far ahead a change is planned that is cancelled before it is due. */
    private static final Duration ROUND = Duration.ofSeconds(4);

    /** How long after that its turn is over. */
    private static final Duration AFTER = Duration.ofMillis(500);

    /** Which changes are cancelled. */
    public enum Order {
        /** Any. */
        RANDOM,
        /** The earliest ones: whoever looks for the first that is left has to pass by all of them. */
        EARLIEST
    }

    @Override
    public String name() {
        return "due-index";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("customers", Integer.toString(customers));
        settings.put("cancel", Integer.toString(cancel));
        settings.put("order", order.name());
        settings.put("rounds", Integer.toString(rounds));
        settings.put("idle", idle.toSeconds() + " s");
        settings.put("seed", Long.toString(seed));
        return settings;
    }

    @Override
    public List<Figure> measure(TestBed bed, Progress progress) {
        List<Figure> figures = new ArrayList<>();
        try (Answers answers = Answers.follow(bed)) {
            Bulk bulk = new Bulk(bed, answers, progress);
            List<Instant> due = due();
            figures.add(Figure.of(
                    "planning: commands",
                    bulk.send(
                            "Planned",
                            customers,
                            ResultStatus.SCHEDULED,
                            nth -> Commands.plan(customer(nth), "plan-" + nth, Change.NON_PAYMENT, due.get(nth))),
                    "/s"));
            int[] cancelled = cancelled(due);
            figures.add(Figure.of(
                    "cancelling: commands",
                    bulk.send(
                            "Cancelled",
                            cancel,
                            ResultStatus.CANCELLED,
                            nth -> Commands.cancel(customer(cancelled[nth]), "cancel-" + nth, Change.NON_PAYMENT)),
                    "/s"));
            figures.addAll(figures("turns before the restart", turns(bed, bulk, progress)));
            figures.addAll(restart(bed, bulk, progress));
        }
        figures.addAll(Idle.measure(bed, progress, idle, "after the restart"));
        bed.requireHealthy();
        return figures;
    }

    private List<Figure> restart(TestBed bed, Bulk bulk, Progress progress) {
        try (Turns recording = Turns.record()) {
            Restart took = bed.restartProcessor(Map.of());
            progress.line("Restarted in " + took.stopped().plus(took.started()).toMillis() + " ms");
            List<Turn> atOnce = recording.stop();
            List<Turn> turns = turns(bed, bulk, progress);
            List<Turn> first = new ArrayList<>(atOnce);
            first.addAll(turns.subList(0, Math.min(turns.size(), bed.topics().partitions())));
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.of("restart: to stop", took.stopped().toNanos() / 1e6, "ms"));
            figures.add(Figure.of("restart: until it works", took.started().toNanos() / 1e6, "ms"));
            figures.addAll(figures("first turns after the restart", first));
            figures.addAll(figures("turns after the restart", turns));
            return figures;
        }
    }

    /** Turns at which nothing is due any more, because the change that was has been cancelled. */
    private List<Turn> turns(TestBed bed, Bulk bulk, Progress progress) {
        List<String> nearby = onePerPartition(bed);
        Progress.Step step = progress.step("Cancelled just before they were due", rounds);
        try (Turns turns = Turns.record()) {
            for (int round = 1; round <= rounds; round++) {
                Instant due = Instant.now().plus(ROUND);
                bulk.send(nearby.size(), ResultStatus.SCHEDULED, plan(nearby, due));
                bulk.send(nearby.size(), ResultStatus.CANCELLED, cancel(nearby, due));
                Waiting.until(due.plus(AFTER));
                step.reached(round);
            }
            return turns.stop();
        }
    }

    private static List<Figure> figures(String of, List<Turn> turns) {
        Distribution all = new Distribution();
        Distribution unpaused = new Distribution();
        for (Turn turn : turns) {
            all.add(turn.nanos());
            if (!turn.paused()) {
                unpaused.add(turn.nanos());
            }
        }
        return List.of(
                Figure.count(of + ": count", all.count()),
                Figure.of(of + ": median", all.millisAt(50), "ms").atMost(0.1),
                Figure.of(of + ": max", all.maxMillis(), "ms").atMost(5),
                Figure.of(of + ": max without a pause of the garbage collector", unpaused.maxMillis(), "ms"),
                Figure.count(
                                of + ": records written",
                                turns.stream().mapToInt(Turn::records).sum())
                        .atMost(0));
    }

    private List<Instant> due() {
        Instant from = Instant.now().plus(NEAREST);
        return new Random(seed)
                .longs(customers, 0, FARTHEST.minus(NEAREST).toMillis())
                .mapToObj(from::plusMillis)
                .toList();
    }

    /** The customers whose change is cancelled. */
    private int[] cancelled(List<Instant> due) {
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, customers).boxed().toList());
        if (order == Order.EARLIEST) {
            all.sort((one, other) -> due.get(one).compareTo(due.get(other)));
        } else {
            Collections.shuffle(all, new Random(seed + 1));
        }
        return all.stream().limit(cancel).mapToInt(Integer::intValue).toArray();
    }

    private IntFunction<CustomerCommand> plan(List<String> nearby, Instant due) {
        return nth -> Commands.plan(nearby.get(nth), "plan-" + nearby.get(nth) + "-" + due, Change.FRAUD, due);
    }

    private IntFunction<CustomerCommand> cancel(List<String> nearby, Instant due) {
        return nth -> Commands.cancel(nearby.get(nth), "cancel-" + nearby.get(nth) + "-" + due, Change.FRAUD);
    }

    /** One customer of each partition. */
    private static List<String> onePerPartition(TestBed bed) {
        int partitions = bed.topics().partitions();
        Map<Integer, String> found = new LinkedHashMap<>();
        for (int nth = 0; found.size() < partitions; nth++) {
            byte[] key = customer(nth).getBytes(StandardCharsets.UTF_8);
            found.putIfAbsent(Utils.toPositive(Utils.murmur2(key)) % partitions, customer(nth));
        }
        return List.copyOf(found.values());
    }

    private static String customer(int nth) {
        return "customer-" + nth;
    }
}
