package dev.standing.audit.log;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a {@link Range} begins or ends in each partition. */
public sealed interface Bound {

    /** There is none: from the first record, or up to the last. */
    record Open() implements Bound {}

    /** The same offset in every partition. */
    record AtOffset(long offset) implements Bound {}

    /** An offset by partition; partitions that are not named have no bound. */
    record AtOffsets(Map<Integer, Long> offsets) implements Bound {

        /** Keeps a copy. */
        public AtOffsets {
            offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
        }
    }

    /** The first record whose timestamp is that time or later. */
    record AtTime(Instant time) implements Bound {}

    /** No bound. */
    Bound OPEN = new Open();

    /**
     * Reads what people write: an offset ({@code 1000}), offsets by partition ({@code 0:1000,3:250}), or a time with an
     * offset ({@code 2026-01-31T00:00:00Z}).
     *
     * @throws IllegalArgumentException if it is none of these, in words for people
     */
    static Bound parse(String text) {
        if (text.matches("\\d{1,18}")) {
            return new AtOffset(Long.parseLong(text));
        }
        if (text.matches("\\d+:\\d+(,\\d+:\\d+)*")) {
            return offsets(text);
        }
        try {
            return new AtTime(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither an offset like 1000, nor offsets by partition like 0:1000,3:250, nor a"
                            + " time with an offset like 2026-01-31T00:00:00Z",
                    e);
        }
    }

    private static Bound offsets(String text) {
        Map<Integer, Long> offsets = new TreeMap<>();
        Matcher pairs = Pattern.compile("(\\d{1,9}):(\\d{1,18})(?:,|$)").matcher(text);
        int end = 0;
        while (pairs.find() && pairs.start() == end) {
            int partition = Integer.parseInt(pairs.group(1));
            if (offsets.put(partition, Long.parseLong(pairs.group(2))) != null) {
                throw new IllegalArgumentException("\"" + text + "\" names partition " + partition + " twice");
            }
            end = pairs.end();
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("\"" + text + "\" has a number that is too large");
        }
        return new AtOffsets(offsets);
    }
}
