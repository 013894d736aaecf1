package dev.standing.bench.scenario;

import dev.standing.avro.CascadeCompleted;
import dev.standing.avro.SubordinateRef;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.bench.report.Figure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds the updates of one cascade against its rules: each subordinate once, and parents first. For one thread. */
final class Reached {

    private final Set<String> updateIds = new HashSet<>();
    private final Set<SubordinateRef> subordinates = new HashSet<>();
    private final List<CascadeCompleted> completed = new ArrayList<>();
    private long updates;
    private long beforeTheirParents;

    /** The next update. */
    void add(SubordinateUpdate update) {
        updates++;
        updateIds.add(update.getUpdateId());
        if (update.getParent().filter(parent -> !subordinates.contains(parent)).isPresent()) {
            beforeTheirParents++;
        }
        subordinates.add(new SubordinateRef(update.getSubordinateType(), update.getId()));
    }

    /** The end of a cascade. */
    void add(CascadeCompleted end) {
        completed.add(end);
    }

    /** What should not have happened, and how often it did. */
    List<Figure> faults(int expected) {
        boolean toldAsItIs = completed.size() == 1
                && completed.get(0).getUpdated() == expected
                && completed.get(0).getSkipped() == 0;
        return List.of(
                Figure.count("subordinates not updated", expected - subordinates.size())
                        .atMost(0),
                Figure.count("subordinates updated more than once", updates - subordinates.size())
                        .atMost(0),
                Figure.count("updates with the id of another", updates - updateIds.size())
                        .atMost(0),
                Figure.count("subordinates updated before their parents", beforeTheirParents)
                        .atMost(0),
                Figure.count("ends that were told wrongly", toldAsItIs ? 0 : 1).atMost(0));
    }
}
