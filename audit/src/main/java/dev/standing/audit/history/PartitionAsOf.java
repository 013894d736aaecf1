package dev.standing.audit.history;

import dev.standing.audit.history.Account.Astray;
import dev.standing.audit.history.Account.Broken;
import dev.standing.audit.history.Account.Whole;
import dev.standing.audit.history.AsOfAnswer.AstrayRecord;
import dev.standing.audit.history.AsOfAnswer.BrokenCustomer;
import dev.standing.audit.history.AsOfAnswer.BrokenLater;
import dev.standing.audit.history.AsOfAnswer.Nothing;
import dev.standing.audit.history.AsOfAnswer.NothingHeld;
import dev.standing.audit.log.Place;
import dev.standing.audit.table.SpillingTable;
import dev.standing.domain.history.AsOf;
import dev.standing.domain.history.PointInTime;
import dev.standing.domain.history.Standing;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Where the customers of one partition stood. For one thread at a time. */
public final class PartitionAsOf implements AutoCloseable {

    private final SpillingTable<Account> accounts;
    private final AsOf asOf;
    private final PointInTime point;
    private final Instant clock;

    PartitionAsOf(SpillingTable<Account> accounts, AsOf asOf, PointInTime point, Instant clock) {
        this.accounts = accounts;
        this.asOf = asOf;
        this.point = point;
        this.clock = clock;
    }

    /** Answers one after the other. */
    public interface Answers extends Iterator<AsOfAnswer>, AutoCloseable {

        @Override
        void close();
    }

    /**
     * One answer for each customer that has anything in the partition, in the order of the customerIds' bytes in UTF-8.
     *
     * @return the caller closes them before this
     */
    public Answers answers() {
        SpillingTable.Entries<Account> entries = accounts.entries();
        return new Answers() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public AsOfAnswer next() {
                Map.Entry<String, Account> entry = entries.next();
                return answer(entry.getKey(), entry.getValue());
            }

            @Override
            public void close() {
                entries.close();
            }
        };
    }

    private AsOfAnswer answer(String customerId, Account account) {
        if (account instanceof Astray astray) {
            return new AstrayRecord(customerId, astray.place(), astray.home());
        }
        if (account instanceof Broken broken) {
            BrokenCustomer customer = new BrokenCustomer(customerId, broken.place(), broken.why());
            return broken.isLater()
                    ? new BrokenLater(
                            broken.before()
                                    .map(whole -> answer(customerId, whole))
                                    .orElseGet(() -> new NothingHeld(customerId, Nothing.UNKNOWN_THEN)),
                            customer)
                    : customer;
        }
        return answer(customerId, (Whole) account);
    }

    private AsOfAnswer answer(String customerId, Whole whole) {
        Optional<Standing> standing = asOf.end(point, whole.course(), clock);
        if (standing.isEmpty()) {
            boolean known = whole.course().known().isPresent();
            return new NothingHeld(customerId, known ? Nothing.NO_STATE_THEN : Nothing.UNKNOWN_THEN);
        }
        return new HeldState(standing.get(), place(whole, standing.get()));
    }

    /** That of the deciding event, if it was read: what settling brings about comes after all that was. */
    private static Optional<Place> place(Whole whole, Standing standing) {
        boolean recorded = standing.decidedBy().sequence() <= whole.end().sequence();
        return recorded ? whole.decidedAt() : Optional.empty();
    }

    /** Lets go what was kept. */
    @Override
    public void close() {
        accounts.close();
    }
}
