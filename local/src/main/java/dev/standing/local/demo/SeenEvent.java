package dev.standing.local.demo;

import dev.standing.avro.CustomerEvent;
import dev.standing.avro.EventType;

/**
 * An event, as it was read from its topic.
 *
 * @param partition where it lay
 * @param offset where it lay
 * @param event what happened
 */
record SeenEvent(int partition, long offset, CustomerEvent event) {

    /** What happened, in a word. */
    EventType type() {
        return event.getType();
    }
}
