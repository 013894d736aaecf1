package dev.standing.audit.whatif;

import dev.standing.audit.log.Place;
import java.util.Comparator;

/**
 * Where a record lies that cannot be read.
 *
 * @param topic the topic's whole name
 * @param place in the topic
 */
public record UnreadableRecord(String topic, Place place) implements Comparable<UnreadableRecord> {

    private static final Comparator<UnreadableRecord> IN_ORDER =
            Comparator.comparing(UnreadableRecord::topic).thenComparing(UnreadableRecord::place);

    /** By topic, and then by place. */
    @Override
    public int compareTo(UnreadableRecord other) {
        return IN_ORDER.compare(this, other);
    }

    /** As people are told: {@code standing.events, partition 3, offset 15}. */
    @Override
    public String toString() {
        return topic + ", " + place;
    }
}
