package dev.standing.audit.history;

import dev.standing.audit.history.Account.Astray;
import dev.standing.audit.history.Account.Broken;
import dev.standing.audit.history.Account.Whole;
import dev.standing.audit.history.KeyedRecord.Decoded;
import dev.standing.audit.history.KeyedRecord.Unreadable;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.EventReader;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Partitions;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.log.RecordCursor;
import dev.standing.audit.log.Slice;
import dev.standing.audit.table.SpillingTable;
import dev.standing.domain.event.Event;
import dev.standing.domain.history.AsOf;
import dev.standing.domain.history.Course;
import dev.standing.domain.history.PointInTime;
import dev.standing.domain.policy.Policy;
import dev.standing.mapping.EventMapping;
import dev.standing.mapping.UnknownSymbolException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Where all customers stood at one point in time ({@code semantics.md} section 5), partition by partition. Memory is
 * bounded, however many customers there are. Safe for use by many threads.
 */
public final class AllAsOf {

    private final AsOf asOf;
    private final PointInTime point;
    private final Instant clock;
    private final int mostInMemory;

    /**
     * Answers for one point in time.
     *
     * @param policy settles what is due by now but not recorded, if the point's record time is not in the past
     * @param clock the time that it is now
     * @param mostInMemory how many customers of a partition are kept in memory; at least 1
     */
    public AllAsOf(Policy policy, PointInTime point, Instant clock, int mostInMemory) {
        this.asOf = new AsOf(policy);
        this.point = point;
        this.clock = clock;
        this.mostInMemory = mostInMemory;
    }

    /**
     * Reads the events topic.
     *
     * @param until how much of it
     * @param threads how many partitions are read at the same time; at least 1
     * @param use takes the answers, in the order of the customerIds' bytes in UTF-8
     * @throws dev.standing.audit.log.LogUnavailableException if it cannot be read
     */
    public <R> R readAll(
            AuditLog log, Bound until, int threads, Progress progress, Function<Iterator<AsOfAnswer>, R> use) {
        List<Slice> slices = log.slices(log.topics().events(), new Range(Bound.OPEN, until));
        progress.begin("events", slices.stream().mapToLong(Slice::length).sum());
        Queue<PartitionAsOf> read = new ConcurrentLinkedQueue<>();
        List<PartitionAsOf.Answers> answers = new ArrayList<>();
        try {
            // Only what is in this queue is sure to be closed if another partition fails.
            Partitions.map(slices, threads, slice -> read.add(read(log, slice, slices.size(), progress)));
            read.forEach(partition -> answers.add(partition.answers()));
            return use.apply(new MergedAnswers(answers));
        } finally {
            answers.forEach(PartitionAsOf.Answers::close);
            read.forEach(PartitionAsOf::close);
        }
    }

    /**
     * Reads a partition of the events topic.
     *
     * @param slice all that is asked of it, from its first record on
     * @param partitions how many there are, by which is told which records belong into it
     * @return the caller closes it
     * @throws dev.standing.audit.log.LogUnavailableException if it cannot be read
     */
    public PartitionAsOf read(AuditLog log, Slice slice, int partitions, Progress progress) {
        EventReader events = new EventReader(log);
        try (RecordCursor records = log.records(slice, progress)) {
            Iterator<KeyedRecord> read = new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return records.hasNext();
                }

                @Override
                public KeyedRecord next() {
                    return KeyedRecord.read(events, records.next());
                }
            };
            return of(read, customerId -> CustomerLog.partitionOf(customerId, partitions));
        }
    }

    /**
     * What is said of one customer.
     *
     * @param records all that lies under its key, from the first on
     * @return empty: there is nothing
     */
    public Optional<AsOfAnswer> one(List<KeyedRecord> records) {
        try (PartitionAsOf partition = of(records.iterator());
                PartitionAsOf.Answers answers = partition.answers()) {
            return answers.hasNext() ? Optional.of(answers.next()) : Optional.empty();
        }
    }

    /** As the other, of records that belong where they lie. */
    PartitionAsOf of(Iterator<KeyedRecord> records) {
        return of(records, customerId -> -1);
    }

    /**
     * Reads what lies in a partition.
     *
     * @param records in their order, from the first on
     * @param home the partition into which a customer's records belong
     * @return the caller closes it
     */
    PartitionAsOf of(Iterator<KeyedRecord> records, ToIntFunction<String> home) {
        SpillingTable<Account> accounts = new SpillingTable<>(new AccountEncoding(), mostInMemory);
        try {
            while (records.hasNext()) {
                KeyedRecord record = records.next();
                accounts.put(record.customerId(), next(accounts.get(record.customerId()), record, home));
            }
            return new PartitionAsOf(accounts, asOf, point, clock);
        } catch (RuntimeException | Error e) {
            accounts.close();
            throw e;
        }
    }

    private Account next(Optional<Account> account, KeyedRecord record, ToIntFunction<String> home) {
        if (account.isPresent() && !(account.get() instanceof Whole)) {
            return account.get();
        }
        int partition = home.applyAsInt(record.customerId());
        // What has no key belongs nowhere.
        if (partition >= 0
                && partition != record.place().partition()
                && !record.customerId().isEmpty()) {
            return new Astray(record.place(), partition);
        }
        Optional<Whole> whole = account.map(Whole.class::cast);
        if (record instanceof Unreadable unreadable) {
            return broken(whole, unreadable, unreadable.why(), Optional.of(unreadable.writtenAt()));
        }
        return follow(whole, (Decoded) record);
    }

    /**
     * What is left of a customer's account behind a record that does not follow.
     *
     * @param since what is missing, if anything is, was recorded then or later; empty: any time after the last event
     */
    private Broken broken(Optional<Whole> account, KeyedRecord record, String why, Optional<Instant> since) {
        boolean isLater = point.knownAt()
                .filter(known -> known.isBefore(clock))
                .filter(known -> since.filter(known::isBefore).isPresent()
                        || account.filter(whole -> known.isBefore(whole.end().recordedAt()))
                                .isPresent())
                .isPresent();
        return new Broken(record.place(), Words.withoutStop(why), isLater, account);
    }

    private Account follow(Optional<Whole> account, Decoded record) {
        LoggedEvent logged = record.event();
        Optional<ChainEnd> end = account.map(Whole::end);
        Optional<String> problem = ChainEnd.problem(end, record.customerId(), logged);
        if (problem.isPresent()) {
            // An event that is missing, or was changed, may have been recorded long before this one.
            boolean isStray = ChainEnd.isStray(end, record.customerId(), logged);
            return broken(account, record, problem.get(), isStray ? Optional.of(record.writtenAt()) : Optional.empty());
        }
        try {
            Event event = EventMapping.toDomain(logged.event());
            Course course = AsOf.next(point, account.map(Whole::course).orElse(Course.NONE), event);
            boolean decides = course.decidedBy().map(Event::sequence).equals(Optional.of(event.sequence()));
            Optional<Place> decidedAt = decides ? Optional.of(logged.place()) : account.flatMap(Whole::decidedAt);
            return new Whole(course, decidedAt, ChainEnd.of(logged));
        } catch (UnknownSymbolException | IllegalArgumentException e) {
            return broken(
                    account, record, e.getMessage(), Optional.of(logged.event().getRecordedAt()));
        }
    }
}
