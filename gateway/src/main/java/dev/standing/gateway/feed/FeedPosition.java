package dev.standing.gateway.feed;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A place in the log of events: for every partition the offset of what comes next. Everything before it is with whoever
 * has it, whichever gateway it came from and however the partitions were interleaved there. Immutable.
 */
final class FeedPosition {

    private static final Pattern OFFSET = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final int LONGEST_OFFSET = 19;

    private final long[] next;

    private FeedPosition(long[] next) {
        this.next = next;
    }

    /** The place before these offsets, in the order of the partitions. */
    static FeedPosition of(long... next) {
        return new FeedPosition(next.clone());
    }

    /**
     * Reads what {@link #toString} wrote: offsets in the order of the partitions, with points between them.
     *
     * @return empty if it is anything else, or not of so many partitions
     */
    static Optional<FeedPosition> parse(String text, int partitions) {
        if (text.length() > partitions * (LONGEST_OFFSET + 1)) {
            return Optional.empty();
        }
        String[] offsets = text.split("\\.", -1);
        if (offsets.length != partitions
                || !Arrays.stream(offsets)
                        .allMatch(offset -> OFFSET.matcher(offset).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FeedPosition(
                    Arrays.stream(offsets).mapToLong(Long::parseLong).toArray()));
        } catch (NumberFormatException e) {
            return Optional.empty(); // Beyond any offset that there can be.
        }
    }

    /** The offset of what comes next in a partition. */
    long next(int partition) {
        return next[partition];
    }

    /** This place, but for what comes next in one partition. */
    FeedPosition with(int partition, long offset) {
        long[] moved = next.clone();
        moved[partition] = offset;
        return new FeedPosition(moved);
    }

    /** The place before which is what is before this one or before the other. It is the other one itself if that has it all. */
    FeedPosition furthest(FeedPosition other) {
        if (other.reaches(this, Interest.inEverything())) {
            return other;
        }
        long[] further = next.clone();
        for (int partition = 0; partition < further.length; partition++) {
            further[partition] = Math.max(further[partition], other.next[partition]);
        }
        return new FeedPosition(further);
    }

    /** Whether nothing that is of interest lies between this place and the other. */
    boolean reaches(FeedPosition other, Interest interest) {
        for (int partition = 0; partition < next.length; partition++) {
            if (next[partition] < other.next[partition] && interest.concerns(partition)) {
                return false;
            }
        }
        return true;
    }

    /** The partitions in which something that may be of interest lies between this place and the other. */
    List<Integer> lacking(FeedPosition other, Interest interest) {
        return IntStream.range(0, next.length)
                .filter(partition -> next[partition] < other.next[partition] && interest.concerns(partition))
                .boxed()
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeedPosition position && Arrays.equals(next, position.next);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(next);
    }

    /** The offsets in the order of the partitions, with points between them: {@code 15.0.3.8}. */
    @Override
    public String toString() {
        return Arrays.stream(next).mapToObj(Long::toString).collect(Collectors.joining("."));
    }
}
