package dev.standing.audit.verify;

import dev.standing.audit.log.LoggedEvent;
import dev.standing.avro.Sha256;
import java.util.Optional;

/**
 * How far a customer was followed.
 *
 * @param seen whether there was an event, or a record that should have been one
 * @param suspect whether something did not fit: the customer was not followed any further
 * @param midway whether its first events are before the part of the log that is read: it is not folded
 * @param sequence that of its last event; 0: there was none
 * @param offset where that event lies, if there was one
 * @param recordedAt when its last event was recorded, in milliseconds since 1970
 * @param head the hash of its last event
 * @param folded what the events made of it; empty if there were none, or it is not folded
 * @param first its record before the events were read
 * @param later its record afterwards, if it was written meanwhile
 * @param isRecordReported whether something is wrong with its record as such
 */
record Track(
        boolean seen,
        boolean suspect,
        boolean midway,
        long sequence,
        long offset,
        long recordedAt,
        Optional<Sha256> head,
        Optional<Folded> folded,
        Optional<Anchor> first,
        Optional<Anchor> later,
        boolean isRecordReported) {

    /** One of which nothing is known. */
    static final Track NEW = new Track(
            false,
            false,
            false,
            0,
            0,
            Long.MIN_VALUE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);

    /** After one more event. */
    Track next(boolean nextMidway, LoggedEvent logged, Optional<Folded> nextFolded) {
        return new Track(
                true,
                suspect,
                nextMidway,
                logged.event().getSequence(),
                logged.place().offset(),
                logged.event().getRecordedAt().toEpochMilli(),
                Optional.of(logged.hash()),
                nextFolded,
                first,
                later,
                isRecordReported);
    }

    Track suspected(boolean nowMidway) {
        return new Track(
                true,
                true,
                nowMidway,
                sequence,
                offset,
                recordedAt,
                head,
                Optional.empty(),
                first,
                later,
                isRecordReported);
    }

    /** A record that should have been an event of it was none. */
    Track doubted() {
        return new Track(
                seen,
                true,
                midway,
                sequence,
                offset,
                recordedAt,
                head,
                Optional.empty(),
                first,
                later,
                isRecordReported);
    }

    Track withFirst(Anchor anchor) {
        return new Track(
                seen,
                suspect,
                midway,
                sequence,
                offset,
                recordedAt,
                head,
                folded,
                Optional.of(anchor),
                later,
                isRecordReported);
    }

    Track withLater(Anchor anchor) {
        return new Track(
                seen,
                suspect,
                midway,
                sequence,
                offset,
                recordedAt,
                head,
                folded,
                first,
                Optional.of(anchor),
                isRecordReported);
    }

    Track recordReported() {
        return new Track(seen, suspect, midway, sequence, offset, recordedAt, head, folded, first, later, true);
    }

    /** The latest record. */
    Optional<Anchor> latest() {
        return later.isPresent() ? later : first;
    }

    /** Whether its latest record does not know of its last event. */
    boolean isBehind() {
        return !suspect && !midway && !isRecordReported && sequence > sequenceOf(latest());
    }

    /** Whether the record that it had beforehand knows of events that were not met. */
    boolean isAhead() {
        return !suspect && !midway && sequence < sequenceOf(first);
    }

    private static long sequenceOf(Optional<Anchor> anchor) {
        return anchor.isPresent() ? anchor.get().sequence() : 0;
    }
}
