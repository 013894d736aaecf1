package dev.standing.audit.log;

import java.util.Objects;

/**
 * Which part of a topic is read.
 *
 * @param from where it begins, inclusive
 * @param to where it ends, exclusive
 */
public record Range(Bound from, Bound to) {

    /** All that is there. */
    public static final Range ALL = new Range(Bound.OPEN, Bound.OPEN);

    /**
     * Refuses an end that is known to lie before the begin; where there are offsets and a time, only the log tells.
     *
     * @throws IllegalArgumentException in words for people
     */
    public Range {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (from instanceof Bound.AtTime begin && to instanceof Bound.AtTime end) {
            refuse(begin.time().isAfter(end.time()), end.time(), begin.time(), "");
        } else if (from instanceof Bound.AtOffset begin && to instanceof Bound.AtOffset end) {
            refuse(begin.offset() > end.offset(), end.offset(), begin.offset(), "");
        } else if (from instanceof Bound.AtOffsets begins && to instanceof Bound.AtOffsets ends) {
            begins.offsets().forEach((partition, begin) -> {
                long end = ends.offsets().getOrDefault(partition, Long.MAX_VALUE);
                refuse(begin > end, end, begin, ", in partition " + partition);
            });
        }
    }

    private static void refuse(boolean isBackwards, Object end, Object begin, String where) {
        if (isBackwards) {
            throw new IllegalArgumentException("the end " + end + " lies before the begin " + begin + where);
        }
    }
}
