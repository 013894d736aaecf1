package dev.standing.processor.output;

/** Where the processor sends records to. */
public enum Sink {
    /** The audit log. */
    EVENTS("events-sink"),
    /** The answers. */
    RESULTS("results-sink"),
    /** The latest states. */
    CUSTOMERS("customers-sink"),
    /** What downstream systems are to do with subordinates. */
    SUBORDINATE_UPDATES("subordinate-updates-sink"),
    /** Which customer has an externalId. */
    EXTERNAL_IDS("external-ids-sink"),
    /** What registrations ask for. */
    CLAIM_REQUESTS("claim-requests-sink"),
    /** The answers to them. */
    CLAIM_ANSWERS("claim-answers-sink"),
    /** What a line of registrations tells itself, in the same topic. */
    NEXT_IN_LINE("next-in-line-sink"),
    /** Commands and answers that cannot be understood. */
    DEAD_LETTERS("dead-letters-sink"),
    /** Claims that cannot be understood: a sink that two processors share would make one of the topology's halves. */
    CLAIM_DEAD_LETTERS("claim-dead-letters-sink");

    private final String nodeName;

    Sink(String nodeName) {
        this.nodeName = nodeName;
    }

    /** The name of the topology's sink. */
    public String nodeName() {
        return nodeName;
    }
}
