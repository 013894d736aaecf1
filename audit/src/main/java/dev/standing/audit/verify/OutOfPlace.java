package dev.standing.audit.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which events have to be moved, and no more than need be, for all to lie in the order of their sequences. */
final class OutOfPlace {

    private OutOfPlace() {}

    /**
     * Those that lie out of place; of two that are swapped, the one that comes too early.
     *
     * @param chain in the order of the sequences
     */
    static Set<Node> of(List<Node> chain) {
        // The longest falling run of offsets, from the last event to the first.
        List<Integer> ends = new ArrayList<>();
        int[] before = new int[chain.size()];
        for (int i = chain.size() - 1; i >= 0; i--) {
            int length = lengthBefore(chain, ends, chain.get(i).offset());
            before[i] = length == 0 ? -1 : ends.get(length - 1);
            if (length == ends.size()) {
                ends.add(i);
            } else {
                ends.set(length, i);
            }
        }
        Set<Node> moved = new HashSet<>(chain);
        int kept = ends.isEmpty() ? -1 : ends.get(ends.size() - 1);
        while (kept >= 0) {
            moved.remove(chain.get(kept));
            kept = before[kept];
        }
        return moved.isEmpty() ? Collections.emptySet() : moved;
    }

    /** How long the longest run is that ends behind an offset. */
    private static int lengthBefore(List<Node> chain, List<Integer> ends, long offset) {
        int from = 0;
        int to = ends.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (chain.get(ends.get(middle)).offset() > offset) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
