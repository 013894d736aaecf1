package dev.standing.audit.log;

import java.util.Comparator;

/**
 * Where a record lies in a topic.
 *
 * @param partition from 0
 * @param offset from 0
 */
public record Place(int partition, long offset) implements Comparable<Place> {

    private static final Comparator<Place> IN_ORDER =
            Comparator.comparingInt(Place::partition).thenComparingLong(Place::offset);

    /** By partition, and then by offset. */
    @Override
    public int compareTo(Place other) {
        return IN_ORDER.compare(this, other);
    }

    /** As people are told: {@code partition 3, offset 15}. */
    @Override
    public String toString() {
        return "partition " + partition + ", offset " + offset;
    }
}
