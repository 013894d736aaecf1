package dev.standing.audit.verify;

import dev.standing.audit.checkpoint.HeadsTree;
import dev.standing.audit.checkpoint.PartitionSummary;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Slice;
import dev.standing.audit.table.SpillingTable;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerEvent;
import dev.standing.domain.event.Event;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventMapping;
import dev.standing.mapping.UnknownSymbolException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The first reading of a partition: follows every customer for as long as all is well, and only tells with whom it is not.
 * What is wrong with a record as such, whatever the chain says, is found here. For one thread.
 *
 * <p>First come the customers' records as they were beforehand, then the events, then the records that were written
 * meanwhile.
 */
final class PartitionFold implements AutoCloseable {

    private final Names names;
    private final boolean beginsMidway;
    private final Findings findings;
    private final SpillingTable<Track> tracks;
    private final RowsInTable rows;

    private long events;
    private long customers;
    private long midway;
    private long compared;
    private long suspects;
    private long behind;
    private long ahead;
    private long latestRecordedAt = Long.MIN_VALUE;

    /**
     * A fold of nothing.
     *
     * @param beginsMidway whether there may have been events before those that come first
     * @param mostInMemory how many customers, and how many subordinates, are kept in memory
     */
    PartitionFold(Names names, boolean beginsMidway, Findings findings, int mostInMemory) {
        this.names = names;
        this.beginsMidway = beginsMidway;
        this.findings = findings;
        this.tracks = new SpillingTable<>(new TrackEncoding(), mostInMemory);
        this.rows = new RowsInTable(mostInMemory);
    }

    /** A record of the topic of customers, as it was before the events are read. */
    void recordBefore(Place place, byte @Nullable [] key, Customer record) {
        if (isRecordInPlace(place, key, record)) {
            Track track = track(record.getCustomerId());
            put(record.getCustomerId(), track, track.withFirst(Anchor.of(place, record)));
        }
    }

    /** A record of the topic of customers that was written meanwhile. */
    void recordAfter(Place place, byte @Nullable [] key, Customer record) {
        if (isRecordInPlace(place, key, record)) {
            String customerId = record.getCustomerId();
            Track track = track(customerId);
            Anchor anchor = Anchor.of(place, record);
            Track with = track.withLater(anchor);
            boolean differs =
                    track.folded().isPresent() && track.sequence() == anchor.sequence() && !isAsFolded(track, anchor);
            put(customerId, track, differs ? with.suspected(track.midway()) : with);
        }
    }

    private boolean isRecordInPlace(Place place, byte @Nullable [] key, Customer record) {
        byte[] id = record.getCustomerId().getBytes(StandardCharsets.UTF_8);
        boolean hasKey = Arrays.equals(id, key);
        boolean isHome = HomePartition.of(id, names.partitions()) == place.partition();
        if (!hasKey) {
            find(FindingKind.RECORD_WRONG_KEY, record, place, "The key is " + text(key) + ".");
            reportedRecord(key);
        }
        if (!isHome) {
            find(
                    FindingKind.RECORD_WRONG_PARTITION,
                    record,
                    place,
                    "It belongs to partition " + HomePartition.of(id, names.partitions()) + ".");
        }
        return hasKey && isHome;
    }

    /**
     * A record of the topic of customers that is none.
     *
     * @param why empty: it has no value
     */
    void recordUnreadable(Place place, byte @Nullable [] key, Optional<String> why) {
        findings.add(new Finding(
                why.isPresent() ? FindingKind.RECORD_UNDECODABLE : FindingKind.RECORD_DELETED,
                Optional.ofNullable(key).map(PartitionFold::text),
                OptionalLong.empty(),
                names.customer(place),
                Optional.empty(),
                why.orElse("")));
        reportedRecord(key);
    }

    private void reportedRecord(byte @Nullable [] key) {
        if (key != null) {
            Track track = track(text(key));
            put(text(key), track, track.recordReported());
        }
    }

    /** The next record of the log, which is an event. */
    void event(LoggedEvent logged, byte @Nullable [] key) {
        events++;
        CustomerEvent event = logged.event();
        latestRecordedAt = Math.max(latestRecordedAt, event.getRecordedAt().toEpochMilli());
        byte[] id = event.getCustomerId().getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(id, key)) {
            find(FindingKind.WRONG_KEY, logged, "The key is " + text(key) + ".");
            suspect(key);
        }
        int home = HomePartition.of(id, names.partitions());
        if (home == logged.place().partition()) {
            follow(logged);
        } else {
            find(FindingKind.WRONG_PARTITION, logged, "It belongs to partition " + home + ".");
        }
    }

    /** The next record of the log, which is no event. */
    void unreadable(Place place, byte @Nullable [] key, String why) {
        events++;
        findings.add(new Finding(
                FindingKind.UNDECODABLE,
                Optional.ofNullable(key).map(PartitionFold::text),
                OptionalLong.empty(),
                names.event(place),
                Optional.empty(),
                why));
        suspect(key);
    }

    private void suspect(byte @Nullable [] key) {
        if (key != null) {
            Track track = track(text(key));
            put(text(key), track, track.doubted());
        }
    }

    private void follow(LoggedEvent logged) {
        CustomerEvent event = logged.event();
        String customerId = event.getCustomerId();
        Track track = track(customerId);
        boolean isFirst = !track.seen();
        boolean isMidway = isFirst ? beginsMidway && event.getSequence() != 1 : track.midway();
        if (track.suspect()) {
            put(customerId, track, chained(isFirst ? track.suspected(isMidway) : track, logged));
            return;
        }
        long time = event.getRecordedAt().toEpochMilli();
        boolean follows = event.getSequence() == track.sequence() + 1
                && event.getPreviousHash().equals(track.head())
                && time >= track.recordedAt();
        boolean fits = EventId.isRight(event) && (follows || (isFirst && isMidway));
        Optional<Folded> folded = fits && !isMidway ? folded(track, event) : Optional.empty();
        if (!fits || (!isMidway && folded.isEmpty())) {
            put(customerId, track, track.suspected(isMidway));
            return;
        }
        Track next = track.next(isMidway, logged, folded);
        put(customerId, track, next.isAhead() || isMidway ? next : compared(next));
    }

    /** The head of the chain is needed of all: a checkpoint is of the events, whatever else is wrong. */
    private static Track chained(Track track, LoggedEvent logged) {
        CustomerEvent event = logged.event();
        boolean follows = event.getSequence() == track.sequence() + 1
                && event.getPreviousHash().equals(track.head());
        return follows ? track.next(track.midway(), logged, Optional.empty()) : track;
    }

    private Optional<Folded> folded(Track track, CustomerEvent event) {
        try {
            Event next = EventMapping.toDomain(event);
            return Optional.of(Folded.after(track.folded(), next, rows));
        } catch (IllegalArgumentException | UnknownSymbolException e) {
            return Optional.empty();
        }
    }

    /** The track, whose first record was held against it if its time has come. */
    private Track compared(Track track) {
        Optional<Anchor> due =
                track.first().filter(anchor -> anchor.record().isPresent() && anchor.sequence() == track.sequence());
        if (due.isEmpty()) {
            return track;
        }
        compared++;
        return isAsFolded(track, due.get()) ? track.withFirst(due.get().compared()) : track.suspected(false);
    }

    private static boolean isAsFolded(Track track, Anchor anchor) {
        return CustomerMapping.toAvro(
                        track.folded().orElseThrow().customer(), track.head().orElseThrow())
                .equals(anchor.record().orElseThrow());
    }

    private Track track(String customerId) {
        return tracks.get(customerId).orElse(Track.NEW);
    }

    private void put(String customerId, Track before, Track after) {
        customers += one(after.seen()) - one(before.seen());
        midway += one(after.midway()) - one(before.midway());
        suspects += one(after.suspect()) - one(before.suspect());
        behind += one(after.isBehind()) - one(before.isBehind());
        ahead += one(isAhead(after)) - one(isAhead(before));
        tracks.put(customerId, after);
    }

    /** One without events may have had them before. */
    private boolean isAhead(Track track) {
        return track.isAhead() && (track.seen() || !beginsMidway);
    }

    /**
     * Whether something of a customer did not fit in the end, so that it has to be looked into.
     *
     * @param endsEarly whether there may be events behind those that were read
     */
    boolean isOpen(Track track, boolean endsEarly) {
        return track.suspect() || track.isBehind() || (!endsEarly && isAhead(track));
    }

    private static int one(boolean counts) {
        return counts ? 1 : 0;
    }

    private void find(FindingKind kind, LoggedEvent logged, String detail) {
        findings.add(new Finding(
                kind,
                Optional.of(logged.event().getCustomerId()),
                OptionalLong.of(logged.event().getSequence()),
                names.event(logged.place()),
                Optional.empty(),
                detail));
    }

    private void find(FindingKind kind, Customer record, Place place, String detail) {
        findings.add(new Finding(
                kind,
                Optional.of(record.getCustomerId()),
                OptionalLong.of(record.getSequence()),
                names.customer(place),
                Optional.empty(),
                detail));
    }

    static String text(byte @Nullable [] key) {
        return key == null ? "missing" : new String(key, StandardCharsets.UTF_8);
    }

    /** How the customer was followed so far. */
    Optional<Track> find(String customerId) {
        return tracks.get(customerId);
    }

    /** All customers, in the order of the bytes of their ids. */
    void forEach(BiConsumer<String, Track> action) {
        tracks.forEach(action);
    }

    /** How many records of the log there were. */
    long events() {
        return events;
    }

    /** How many customers they were of. */
    long customers() {
        return customers;
    }

    /** How many of these had events before. */
    long midway() {
        return midway;
    }

    /** How many were held against their records. */
    long compared() {
        return compared;
    }

    /** How many subordinates there are now. */
    long subordinates() {
        return rows.count();
    }

    /** With how many something did not fit. */
    long suspects() {
        return suspects;
    }

    /** How many have events that their records do not know of. */
    long behind() {
        return behind;
    }

    /** How many have records that know of events that were not met. */
    long ahead() {
        return ahead;
    }

    /** What the partition is so far: all records of the slice were given. */
    PartitionSummary summary(Slice slice) {
        HeadsTree heads = new HeadsTree();
        tracks.forEach(
                (customerId, track) -> track.head().ifPresent(head -> heads.add(customerId, track.sequence(), head)));
        return new PartitionSummary(
                slice.partition(),
                slice.first(),
                slice.end(),
                events,
                heads.customers(),
                latestRecordedAt == Long.MIN_VALUE
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(latestRecordedAt)),
                heads.root());
    }

    @Override
    public void close() {
        tracks.close();
        rows.close();
    }
}
