package dev.standing.audit.verify;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All that was found: the totals are whole, but of the findings only the first so many, by their places, are kept. */
final class Findings {

    private final int most;
    private final TreeSet<Finding> first = new TreeSet<>();
    private final Map<FindingKind, Long> totals = new EnumMap<>(FindingKind.class);

    Findings(int most) {
        this.most = most;
    }

    void add(Finding finding) {
        totals.merge(finding.kind(), 1L, Long::sum);
        keep(finding);
    }

    void addAll(Findings others) {
        others.totals.forEach((kind, total) -> totals.merge(kind, total, Long::sum));
        others.first.forEach(this::keep);
    }

    private void keep(Finding finding) {
        first.add(finding);
        if (first.size() > most) {
            first.pollLast();
        }
    }

    boolean isEmpty() {
        return totals.isEmpty();
    }

    /** In their order. */
    List<Finding> first() {
        return List.copyOf(first);
    }

    Map<FindingKind, Long> totals() {
        return Collections.unmodifiableMap(new EnumMap<>(totals));
    }
}
