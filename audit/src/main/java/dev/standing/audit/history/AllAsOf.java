package dev.standing.audit.history;

import dev.standing.audit.history.Account.Broken;
import dev.standing.audit.history.Account.Whole;
import dev.standing.audit.history.KeyedRecord.Decoded;
import dev.standing.audit.history.KeyedRecord.Unreadable;
import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.EventReader;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
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
import java.util.Iterator;
import java.util.Optional;

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
     * Reads a partition of the events topic.
     *
     * @param slice all that is asked of it, from its first record on
     * @return the caller closes it
     * @throws dev.standing.audit.log.LogUnavailableException if it cannot be read
     */
    public PartitionAsOf read(AuditLog log, Slice slice, Progress progress) {
        EventReader events = new EventReader(log);
        try (RecordCursor records = log.records(slice, progress)) {
            return of(new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return records.hasNext();
                }

                @Override
                public KeyedRecord next() {
                    return KeyedRecord.read(events, records.next());
                }
            });
        }
    }

    /**
     * Reads what lies in a partition.
     *
     * @param records in their order, from the first on
     * @return the caller closes it
     */
    public PartitionAsOf of(Iterator<KeyedRecord> records) {
        SpillingTable<Account> accounts = new SpillingTable<>(new AccountEncoding(), mostInMemory);
        try {
            while (records.hasNext()) {
                KeyedRecord record = records.next();
                accounts.put(record.customerId(), next(accounts.get(record.customerId()), record));
            }
            return new PartitionAsOf(accounts, asOf, point, clock);
        } catch (RuntimeException | Error e) {
            accounts.close();
            throw e;
        }
    }

    private Account next(Optional<Account> account, KeyedRecord record) {
        if (account.isPresent() && account.get() instanceof Broken broken) {
            return broken;
        }
        if (record instanceof Unreadable unreadable) {
            return new Broken(unreadable.place(), unreadable.why());
        }
        return follow(account.map(Whole.class::cast), (Decoded) record);
    }

    private Account follow(Optional<Whole> account, Decoded record) {
        LoggedEvent logged = record.event();
        Optional<String> problem = ChainEnd.problem(account.map(Whole::end), record.customerId(), logged);
        if (problem.isPresent()) {
            return new Broken(logged.place(), problem.get());
        }
        try {
            Event event = EventMapping.toDomain(logged.event());
            Course course = AsOf.next(point, account.map(Whole::course).orElse(Course.NONE), event);
            boolean decides = course.decidedBy().map(Event::sequence).equals(Optional.of(event.sequence()));
            Optional<Place> decidedAt = decides ? Optional.of(logged.place()) : account.flatMap(Whole::decidedAt);
            return new Whole(course, decidedAt, ChainEnd.of(logged));
        } catch (UnknownSymbolException | IllegalArgumentException e) {
            return new Broken(logged.place(), e.getMessage());
        }
    }
}
