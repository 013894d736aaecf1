package dev.standing.audit.verify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.log.Place;
import java.util.Comparator;

/**
 * A place in one of the topics.
 *
 * @param topic its whole name
 * @param place where in it
 */
public record Site(String topic, Place place) implements Comparable<Site> {

    private static final Comparator<Site> IN_ORDER =
            Comparator.comparing(Site::topic, Comparator.reverseOrder()).thenComparing(Site::place);

    /** Events before customers; then by place. */
    @Override
    public int compareTo(Site other) {
        return IN_ORDER.compare(this, other);
    }

    /** As people are told: {@code standing.events, partition 3, offset 15}. */
    @Override
    public String toString() {
        return topic + ", " + place;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("topic", topic);
        json.put("partition", place.partition());
        json.put("offset", place.offset());
        return json;
    }
}
