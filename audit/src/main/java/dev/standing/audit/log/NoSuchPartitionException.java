package dev.standing.audit.log;

/** A {@link Range} names a partition that a topic does not have. Tells people which there are. */
public final class NoSuchPartitionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchPartitionException(int partition, String topic, int partitions) {
        super("There is no partition " + partition + " of " + topic + ", which has partitions 0 to "
                + (partitions - 1));
    }
}
