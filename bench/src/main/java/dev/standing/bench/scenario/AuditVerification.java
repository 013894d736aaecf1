package dev.standing.bench.scenario;

import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Range;
import dev.standing.audit.verify.Verification;
import dev.standing.audit.verify.VerificationOptions;
import dev.standing.audit.verify.VerificationReport;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateType;
import dev.standing.bench.load.Commands;
import dev.standing.bench.load.Commands.Change;
import dev.standing.bench.load.Events;
import dev.standing.bench.load.LogWriter;
import dev.standing.bench.measure.Heap;
import dev.standing.bench.platform.TestBed;
import dev.standing.bench.report.Figure;
import dev.standing.bench.report.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What it costs to verify a log, against a consumer that only decodes it: one after the other, several times, by one
 * thread and by two.
 *
 * @param customers how many there are, each with ten events, four of which are about subordinates
 * @param rounds how often each of them reads the log
 */
public record AuditVerification(int customers, int rounds) implements Scenario {

    private static final int SUBORDINATES = 4;
    private static final int EVENTS_PER_CUSTOMER = 10;
    private static final List<Change> CHANGES = List.of(Change.PAID, Change.FRAUD, Change.PAID, Change.NON_PAYMENT);

    @Override
    public String name() {
        return "audit-verify";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("customers", Integer.toString(customers));
        settings.put("rounds", Integer.toString(rounds));
        return settings;
    }

    @Override
    public List<Figure> measure(TestBed bed, Progress progress) {
        // It would read what is written.
        bed.stopProcessor();
        fill(bed, progress);
        long events = (long) customers * EVENTS_PER_CUSTOMER;
        Speeds decoding = new Speeds();
        Speeds one = new Speeds();
        Speeds two = new Speeds();
        long heapBefore = Heap.needed();
        long heapMost = 0;
        Progress.Step step = progress.step("Rounds", rounds);
        for (int round = 1; round <= rounds; round++) {
            decoding.add(events, () -> decode(bed, events));
            try (Heap heap = Heap.watch()) {
                one.add(events, () -> verify(bed, 1, events));
                two.add(events, () -> verify(bed, 2, events));
                heapMost = Math.max(heapMost, heap.mostAfterCollection());
            }
            step.reached(round);
        }
        return List.of(
                Figure.count("events", events),
                Figure.of("decoded by one thread: median", decoding.median(), "/s"),
                Figure.of("verified by one thread: median", one.median(), "/s"),
                Figure.of("verified by two threads: median", two.median(), "/s"),
                Figure.of("verified by one thread, of what one thread decodes", one.median() / decoding.median(), ""),
                Figure.of("verified by two threads, of what one thread decodes", two.median() / decoding.median(), ""),
                Figure.of("spread of the rounds, one thread: slowest of fastest", one.spread(), ""),
                Figure.of("heap before", heapBefore / 1e6, "MB"),
                Figure.of("heap after a collection while verifying: most", heapMost / 1e6, "MB"));
    }

    private void fill(TestBed bed, Progress progress) {
        Progress.Step step = progress.step("Written: events", (long) customers * EVENTS_PER_CUSTOMER);
        try (LogWriter log = new LogWriter(bed)) {
            for (int nth = 0; nth < customers; nth++) {
                log.write(life("c-" + nth));
                step.reached((nth + 1L) * EVENTS_PER_CUSTOMER);
            }
        }
    }

    /** What is asked for one customer: the first registers it. */
    private static List<CustomerCommand> life(String customerId) {
        List<CustomerCommand> commands = new ArrayList<>();
        commands.add(Commands.change(customerId, customerId + "-first", Change.NON_PAYMENT));
        commands.add(Commands.subordinates(customerId, customerId + "-subordinates", accounts()));
        for (int i = 0; i < CHANGES.size(); i++) {
            commands.add(Commands.change(customerId, customerId + "-change-" + i, CHANGES.get(i)));
        }
        return commands;
    }

    private static List<Subordinate> accounts() {
        return IntStream.range(0, SUBORDINATES)
                .mapToObj(i -> Subordinate.newBuilder()
                        .setType(SubordinateType.ACCOUNT)
                        .setId("account-" + i)
                        .build())
                .toList();
    }

    private static void decode(TestBed bed, long expected) {
        long[] count = {0};
        Events.read(bed, "", event -> count[0] += event.getSequence() > 0 ? 1 : 0);
        require("decoded", expected, count[0]);
    }

    private static void verify(TestBed bed, int threads, long expected) {
        try (AuditLog log = AuditLog.open(bed.connection())) {
            VerificationReport report = new Verification(
                            log, VerificationOptions.of(Range.ALL, threads), dev.standing.audit.log.Progress.NONE)
                    .run()
                    .report();
            if (!report.holds()) {
                throw new IllegalStateException("The log does not hold: " + report.lines());
            }
            require("verified", expected, report.events());
        }
    }

    private static void require(String what, long expected, long count) {
        if (count != expected) {
            throw new IllegalStateException(count + " events were " + what + ", not " + expected);
        }
    }

    /** How many events a second, once per round. */
    private static final class Speeds {

        private final List<Double> perSecond = new ArrayList<>();

        void add(long events, Runnable work) {
            long begin = System.nanoTime();
            work.run();
            perSecond.add(events / ((System.nanoTime() - begin) / 1e9));
        }

        double median() {
            return perSecond.stream().sorted().toList().get(perSecond.size() / 2);
        }

        double spread() {
            List<Double> sorted = perSecond.stream().sorted().toList();
            return sorted.get(0) / sorted.get(sorted.size() - 1);
        }
    }
}
