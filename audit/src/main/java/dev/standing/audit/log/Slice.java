package dev.standing.audit.log;

/**
 * A part of one partition of a topic. Both ends are fixed: what is written meanwhile does not belong to it.
 *
 * @param topic the topic's whole name
 * @param partition from 0
 * @param first the first offset that the broker has; 0 unless records were deleted
 * @param begin the first offset that belongs to the slice; {@code first} or later
 * @param end the first offset that does not belong to it any more; {@code begin} or later
 */
public record Slice(String topic, int partition, long first, long begin, long end) {

    /** How many offsets there are, each with a record or without. */
    public long length() {
        return end - begin;
    }

    /** Whether it leaves out what lies before it. */
    public boolean beginsLate() {
        return begin > first;
    }

    /** What lies behind the slice, up to another end. */
    public Slice behind(long newEnd) {
        return new Slice(topic, partition, first, end, newEnd);
    }

    /** The same slice, up to another end. */
    public Slice until(long newEnd) {
        return new Slice(topic, partition, first, begin, newEnd);
    }
}
