package dev.standing.bench.scenario;

import dev.standing.avro.ResultStatus;
import dev.standing.bench.load.Answers;
import dev.standing.bench.load.Bulk;
import dev.standing.bench.load.CommandSender;
import dev.standing.bench.load.Commands;
import dev.standing.bench.load.Commands.Change;
import dev.standing.bench.load.Events;
import dev.standing.bench.load.OpenLoop;
import dev.standing.bench.load.Updates;
import dev.standing.bench.measure.Distribution;
import dev.standing.bench.measure.Heap;
import dev.standing.bench.measure.ProcessorLoad;
import dev.standing.bench.measure.TransactionSizes;
import dev.standing.bench.measure.Turns;
import dev.standing.bench.platform.TestBed;
import dev.standing.bench.platform.Waiting;
import dev.standing.bench.report.Figure;
import dev.standing.bench.report.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A change of one customer that all of very many subordinates follow, while commands of other customers arrive.
 *
 * @param subordinates how many there are
 * @param rate how many commands arrive in a second
 * @param others how many other customers there are
 * @param calm how long the commands are measured before the change
 */
public record Cascade(int subordinates, int rate, int others, Duration calm) implements Scenario {

    private static final String BIG = "big";
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** The first commands of the loop are not measured. */
    private static final Duration LEAD = Duration.ofSeconds(1);

    /** How long commands are still sent when all is over. */
    private static final Duration AFTERMATH = Duration.ofSeconds(2);

    /** How many commands with subordinates may be unanswered. */
    private static final int REGISTERED_AT_A_TIME = 10;

    /** What the customer's log has of it: the change, and the end of the cascade. */
    private static final int EVENTS = 2;

    /** The record of the update, and that of the changelog of what is kept. */
    private static final int RECORDS_OF_AN_UPDATE = 2;

    private static final double MEBIBYTE = 1 << 20;

    @Override
    public String name() {
        return "cascade";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("subordinates", Integer.toString(subordinates));
        settings.put("rate", rate + "/s");
        settings.put("others", Integer.toString(others));
        settings.put("calm", calm.toSeconds() + " s");
        return settings;
    }

    @Override
    public List<Figure> measure(TestBed bed, Progress progress) {
        try (Answers answers = Answers.follow(bed)) {
            Bulk bulk = new Bulk(bed, answers, progress);
            new OtherCustomers(others).warmUp(bulk);
            bulk.send(1, ResultStatus.APPLIED, nth -> Commands.change(BIG, "registration", Change.PAID));
            SubordinateTree tree = new SubordinateTree(BIG, subordinates);
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.of("registration: subordinates", register(tree, bulk, progress), "/s"));
            long neededBefore = Heap.needed();
            figures.addAll(cascade(bed, answers, progress));
            figures.add(mebibytes("heap needed before", neededBefore));
            figures.add(mebibytes("heap needed after", Heap.needed()));
            figures.addAll(log(bed));
            return figures;
        }
    }

    /** How many were registered in a second. */
    private static double register(SubordinateTree tree, Bulk bulk, Progress progress) {
        Progress.Step step = progress.step("Commands with subordinates", tree.commands());
        long begin = System.nanoTime();
        for (int i = 0; i < tree.commands(); i += REGISTERED_AT_A_TIME) {
            int first = i;
            int count = Math.min(REGISTERED_AT_A_TIME, tree.commands() - first);
            bulk.send(count, ResultStatus.REGISTERED, nth -> tree.nth(first + nth));
            step.reached(first + count);
        }
        return tree.size() / ((System.nanoTime() - begin) / 1e9);
    }

    private List<Figure> cascade(TestBed bed, Answers answers, Progress progress) {
        AtomicInteger events = new AtomicInteger();
        AtomicLong lastSeen = new AtomicLong();
        try (Events.Following following = Events.follow(bed, BIG, (customer, millis) -> {
                    lastSeen.set(millis);
                    events.incrementAndGet();
                });
                OpenLoop loop = OpenLoop.start(bed, answers, rate, new OtherCustomers(others)::load);
                CommandSender sender = CommandSender.prompt(bed);
                Turns turns = Turns.record()) {
            progress.line("Calm for " + calm.toSeconds() + " s");
            List<Figure> figures = new ArrayList<>();
            try (Heap heap = Heap.watch()) {
                Waiting.sleep(LEAD.plus(calm));
                figures.addAll(figures(heap, "in the calm"));
            }
            ProcessorLoad before = bed.load();
            progress.line("The change, which " + subordinates + " subordinates follow");
            long begin = System.nanoTime();
            long beginMillis = System.currentTimeMillis();
            Duration took;
            ProcessorLoad during;
            try (Heap heap = Heap.watch()) {
                sender.send(Commands.cascade(BIG, "cascade", Change.FRAUD));
                Waiting.until("all subordinates have followed", PATIENCE, () -> {
                    following.requireNoFailure();
                    return events.get() >= EVENTS;
                });
                during = bed.load().since(before);
                took = Duration.ofMillis(lastSeen.get() - beginMillis);
                figures.addAll(figures(heap, "in the cascade"));
            }
            Waiting.sleep(AFTERMATH);
            loop.stop();
            bed.requireHealthy();
            figures.addAll(figures(
                    loop.latencies(begin - calm.toNanos(), begin), loop.latencies(begin, begin + took.toNanos())));
            figures.add(Figure.of("cascade: duration", took.toMillis() / 1e3, "s"));
            figures.add(Figure.of("cascade: updates", subordinates / (took.toMillis() / 1e3), "/s"));
            figures.addAll(Effort.figures(during, turns.stop()));
            return figures;
        }
    }

    private static List<Figure> figures(Distribution before, Distribution during) {
        List<Figure> figures = new ArrayList<>(before.figures("commands in the calm"));
        figures.addAll(during.figures("commands in the cascade"));
        figures.add(Figure.of("p99 in the cascade to p99 in the calm", during.millisAt(99) / before.millisAt(99), "")
                .atMost(3));
        return figures;
    }

    private static List<Figure> figures(Heap heap, String when) {
        return List.of(
                Figure.count("collections " + when, heap.collections()),
                mebibytes("heap after a collection " + when + ": max", heap.mostAfterCollection()));
    }

    private static Figure mebibytes(String name, long bytes) {
        return Figure.of(name, bytes / MEBIBYTE, "MiB");
    }

    /** What the topics tell. */
    private List<Figure> log(TestBed bed) {
        Reached reached = new Reached();
        TransactionSizes transactions = new TransactionSizes();
        Updates.read(bed, update -> {
            reached.add(update.content());
            transactions.add(update.partition(), update.offset());
        });
        Events.read(bed, BIG, event -> event.getCascadeCompleted().ifPresent(reached::add));
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.count("transactions with updates", transactions.transactions()));
        figures.add(Figure.count("largest transaction: updates", transactions.largest()));
        figures.add(
                Figure.count("largest transaction: records of updates", transactions.largest() * RECORDS_OF_AN_UPDATE));
        figures.addAll(reached.faults(subordinates));
        return figures;
    }
}
