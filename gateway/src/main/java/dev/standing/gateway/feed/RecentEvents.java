package dev.standing.gateway.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The latest events, as many as fit, shared by all followers: what waits for a slow one waits here, once for all. Each
 * has a number, one more than the one before it, and a place in the log before and after it. Numbers are never given
 * twice. Safe for use by many threads.
 */
final class RecentEvents {

    private final Entry[] entries;
    private final long maxLength;
    private Optional<FeedPosition> before = Optional.empty();
    private Optional<FeedPosition> head = Optional.empty();
    private long first;
    private long end;
    private long length;

    /**
     * Makes room.
     *
     * @param maxEvents the most events that are kept; at least 1
     * @param maxLength how long their messages may be together; the latest is kept however long it is
     */
    RecentEvents(int maxEvents, long maxLength) {
        this.entries = new Entry[maxEvents];
        this.maxLength = maxLength;
    }

    /**
     * One of the events.
     *
     * @param partition where it lies
     * @param offset where it lies there
     * @param key the key of its record; may be null
     * @param after the place behind it and all before it
     * @param message what is sent to whoever is at that place then
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
    record Entry(int partition, long offset, byte[] key, FeedPosition after, String message) {

        private static Entry of(FeedEvent event, FeedPosition after) {
            return new Entry(event.partition(), event.offset(), event.key(), after, event.message(after));
        }

        /** It as an event alone, for whoever is elsewhere then. */
        FeedEvent event() {
            return new FeedEvent(partition, offset, key, message.substring(message.indexOf('\n') + 1));
        }
    }

    /**
     * Some events in their order.
     *
     * @param after the place behind them
     */
    record Slice(List<Entry> entries, FeedPosition after) {}

    /** Starts at a place, without any event. */
    synchronized void begin(FeedPosition position) {
        clear();
        before = Optional.of(position);
        head = before;
    }

    /** Forgets all. */
    synchronized void clear() {
        for (long number = first; number < end; number++) {
            entries[slot(number)] = null;
        }
        // Whoever stood at the end must not take what comes next for what comes next to him.
        end++;
        first = end;
        length = 0;
        before = Optional.empty();
        head = Optional.empty();
    }

    /** The place behind everything that was read; empty if nothing is read now. */
    synchronized Optional<FeedPosition> head() {
        return head;
    }

    /** Adds the next event. */
    synchronized void append(FeedEvent event) {
        FeedPosition after = head.orElseThrow().with(event.partition(), event.offset() + 1);
        Entry entry = Entry.of(event, after);
        if (end - first == entries.length) {
            dropFirst();
        }
        entries[slot(end)] = entry;
        end++;
        length += entry.message().length();
        while (length > maxLength && end - first > 1) {
            dropFirst();
        }
        head = Optional.of(after);
    }

    private void dropFirst() {
        Entry dropped = entries[slot(first)];
        entries[slot(first)] = null;
        first++;
        length -= dropped.message().length();
        before = Optional.of(dropped.after());
    }

    /** Moves behind what is no event, such as the end of a transaction. */
    synchronized void advance(Map<Integer, Long> next) {
        FeedPosition moved = head.orElseThrow();
        for (Map.Entry<Integer, Long> partition : next.entrySet()) {
            if (partition.getValue() > moved.next(partition.getKey())) {
                moved = moved.with(partition.getKey(), partition.getValue());
            }
        }
        head = Optional.of(moved);
    }

    /**
     * Where whoever is at a place goes on: the number of an event before which nothing is that he has not got.
     *
     * @return empty if he has to read in the log first
     */
    synchronized OptionalLong join(FeedPosition position, Interest interest) {
        if (head.isEmpty() || !position.reaches(before(first), interest)) {
            return OptionalLong.empty();
        }
        long reached = first;
        long beyond = end + 1;
        while (beyond - reached > 1) {
            long middle = (reached + beyond) >>> 1;
            if (position.reaches(before(middle), interest)) {
                reached = middle;
            } else {
                beyond = middle;
            }
        }
        return OptionalLong.of(reached);
    }

    private FeedPosition before(long number) {
        if (number == first) {
            return before.orElseThrow();
        }
        return number == end ? head.orElseThrow() : entries[slot(number - 1)].after();
    }

    /**
     * What comes next.
     *
     * @param number that of the first
     * @param most how many at most
     * @return empty if it is not kept any more
     */
    synchronized Optional<Slice> from(long number, int most) {
        if (number < first || head.isEmpty()) {
            return Optional.empty();
        }
        long until = Math.min(end, number + most);
        List<Entry> slice = new ArrayList<>();
        for (long next = number; next < until; next++) {
            slice.add(entries[slot(next)]);
        }
        return Optional.of(new Slice(List.copyOf(slice), until == end ? head.orElseThrow() : before(until)));
    }

    private int slot(long number) {
        return (int) (number % entries.length);
    }
}
