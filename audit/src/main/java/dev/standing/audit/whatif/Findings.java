package dev.standing.audit.whatif;

import dev.standing.audit.log.LoggedCommand;
import dev.standing.audit.log.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What comes out of one partition, or of several: everything that is listed is the first in its order. */
final class Findings {

    /** How many examples there are of each kind. */
    static final int MOST_EXAMPLES = 3;

    private final int mostCustomers;
    private long decided;
    private long differing;
    private long assumedExternalIds;
    private long undecided;
    private long unreadable;
    private long customers;
    private long customersAnsweredOtherwise;
    private long customersOtherwise;
    private long customersDiffering;
    private long untold;
    private long customersUntold;
    private final TreeSet<Place> undecidedExamples = new TreeSet<>();
    private final TreeSet<UnreadableRecord> unreadableExamples = new TreeSet<>();
    private final Map<String, Change> changes = new TreeMap<>();
    private final TreeMap<String, DifferingCustomer> listed = new TreeMap<>();
    private final TreeMap<String, UntoldCustomer> listedUntold = new TreeMap<>();

    Findings(int mostCustomers) {
        this.mostCustomers = mostCustomers;
    }

    /** From one answer to another. */
    private static final class Change {

        private long count;
        private final List<DifferingCommand> examples = new ArrayList<>();
    }

    void decided() {
        decided++;
    }

    void differs(DifferingCommand command) {
        differing++;
        Change change = changes.computeIfAbsent(command.change(), unused -> new Change());
        change.count++;
        if (change.examples.size() < MOST_EXAMPLES) {
            change.examples.add(command);
        }
    }

    void assumedExternalId() {
        assumedExternalIds++;
    }

    void undecided(LoggedCommand logged) {
        undecided++;
        example(undecidedExamples, logged.place());
    }

    void unreadable(UnreadableRecord record) {
        unreadable++;
        example(unreadableExamples, record);
    }

    private static <T> void example(NavigableSet<T> examples, T one) {
        examples.add(one);
        if (examples.size() > MOST_EXAMPLES) {
            examples.pollLast();
        }
    }

    /** All is known of a customer. */
    void customer(TwoWays ways) {
        if (!ways.started && ways.untold == 0) {
            return;
        }
        customers++;
        ways.meet();
        List<FieldDifference> fields = FieldDifference.between(ways.recorded, ways.would());
        customersAnsweredOtherwise += ways.differing > 0 ? 1 : 0;
        customersOtherwise += fields.isEmpty() ? 0 : 1;
        if (ways.differing > 0 || !fields.isEmpty()) {
            customersDiffering++;
            put(listed, ways.customerId, new DifferingCustomer(ways.customerId, ways.differing, ways.listed, fields));
        }
        if (ways.untold > 0) {
            untold += ways.untold;
            customersUntold++;
            put(
                    listedUntold,
                    ways.customerId,
                    new UntoldCustomer(ways.customerId, ways.untold, ways.stopped.orElse("")));
        }
    }

    private <V> void put(NavigableMap<String, V> map, String key, V value) {
        map.put(key, value);
        if (map.size() > mostCustomers) {
            map.pollLastEntry();
        }
    }

    /** Takes in what another partition gave; partitions are taken in by their order. */
    void add(Findings other) {
        decided += other.decided;
        differing += other.differing;
        assumedExternalIds += other.assumedExternalIds;
        undecided += other.undecided;
        unreadable += other.unreadable;
        customers += other.customers;
        customersAnsweredOtherwise += other.customersAnsweredOtherwise;
        customersOtherwise += other.customersOtherwise;
        customersDiffering += other.customersDiffering;
        untold += other.untold;
        customersUntold += other.customersUntold;
        other.undecidedExamples.forEach(place -> example(undecidedExamples, place));
        other.unreadableExamples.forEach(record -> example(unreadableExamples, record));
        other.changes.forEach((kind, change) -> {
            Change mine = changes.computeIfAbsent(kind, unused -> new Change());
            mine.count += change.count;
            change.examples.stream().limit(MOST_EXAMPLES - mine.examples.size()).forEach(mine.examples::add);
        });
        other.listed.forEach((customerId, customer) -> put(listed, customerId, customer));
        other.listedUntold.forEach((customerId, customer) -> put(listedUntold, customerId, customer));
    }

    WhatIfReport report(String policyVersion) {
        List<WhatIfReport.Change> kinds = new ArrayList<>();
        changes.forEach((kind, change) -> kinds.add(new WhatIfReport.Change(
                change.examples.get(0).was(), change.examples.get(0).would(), change.count, change.examples)));
        return new WhatIfReport(
                policyVersion,
                new WhatIfReport.Totals(
                        decided,
                        differing,
                        customers,
                        customersAnsweredOtherwise,
                        customersOtherwise,
                        customersDiffering),
                kinds,
                List.copyOf(listed.values()),
                new WhatIfReport.LeftOut(
                        undecided,
                        List.copyOf(undecidedExamples),
                        unreadable,
                        List.copyOf(unreadableExamples),
                        assumedExternalIds,
                        untold,
                        customersUntold,
                        List.copyOf(listedUntold.values())));
    }
}
