package dev.standing.processor.output;

/** Where the processor sends records to. */
public enum Sink {
    /** The audit log. */
    EVENTS("events-sink"),
    /** The answers. */
    RESULTS("results-sink"),
    /** The latest states. */
    CUSTOMERS("customers-sink"),
    /** What cannot be answered. */
    DEAD_LETTERS("dead-letters-sink");

    private final String nodeName;

    Sink(String nodeName) {
        this.nodeName = nodeName;
    }

    /** The name of the topology's sink. */
    public String nodeName() {
        return nodeName;
    }
}
