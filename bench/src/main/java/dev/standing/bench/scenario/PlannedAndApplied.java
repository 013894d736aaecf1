package dev.standing.bench.scenario;

import dev.standing.avro.ChangeCause;
import dev.standing.avro.ChangeScheduled;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.StateChanged;
import dev.standing.bench.measure.Distribution;
import dev.standing.bench.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Holds what was applied against what was planned: each change once, those of a customer in the order in which they
 * were accepted. All changes of a customer have to be for the same time. For one thread.
 */
final class PlannedAndApplied {

    private final Map<String, List<String>> planned = new HashMap<>();
    private final Map<String, List<String>> applied = new HashMap<>();
    private final Distribution lateness = new Distribution();

    /** The next event of its customer; those that neither plan nor apply are passed over. */
    void add(CustomerEvent event) {
        event.getChangeScheduled().ifPresent(change -> addPlanned(event, change));
        event.getStateChanged()
                .filter(change -> change.getCause() == ChangeCause.DUE)
                .ifPresent(change -> addApplied(event, change));
    }

    private void addPlanned(CustomerEvent event, ChangeScheduled change) {
        of(planned, event).add(change.getChangeId());
    }

    private void addApplied(CustomerEvent event, StateChanged change) {
        of(applied, event).add(change.getChangeId().orElse(""));
        lateness.add(Duration.between(change.getAfter().getValidFrom(), event.getRecordedAt())
                .toNanos());
    }

    private static List<String> of(Map<String, List<String>> changes, CustomerEvent event) {
        return changes.computeIfAbsent(event.getCustomerId(), customer -> new ArrayList<>(1));
    }

    /** How long after its time each change was applied. */
    Distribution lateness() {
        return lateness;
    }

    /** What should not have happened, and how often it did. */
    List<Figure> faults(int expected) {
        long count = planned.values().stream().mapToInt(List::size).sum();
        return List.of(
                Figure.count("changes that were not planned", expected - count).atMost(0),
                Figure.count("changes not applied", missing()).atMost(0),
                Figure.count("changes applied more than once", repeated()).atMost(0),
                Figure.count("customers with changes out of order", outOfOrder())
                        .atMost(0));
    }

    private long missing() {
        return planned.entrySet().stream()
                .mapToLong(entry -> entry.getValue().stream()
                        .filter(change -> !appliedOf(entry.getKey()).contains(change))
                        .count())
                .sum();
    }

    private long repeated() {
        return applied.values().stream()
                .mapToLong(changes -> changes.size() - new HashSet<>(changes).size())
                .sum();
    }

    private long outOfOrder() {
        return planned.entrySet().stream()
                .filter(entry -> !appliedOf(entry.getKey()).equals(entry.getValue()))
                .count();
    }

    private List<String> appliedOf(String customer) {
        return applied.getOrDefault(customer, List.of());
    }
}
