package dev.standing.processor.topology;

import java.time.Instant;
import java.util.Optional;

/** A kind of work of one task that time brings about, not commands. It is done bit by bit. */
interface TimedWork {

    /** When there is something to do, or was; empty: nothing, as far as is known now. */
    Optional<Instant> next();

    /**
     * Does a bit of what there is to do: so much that it is worth the while, and so little that others can wait for it.
     * What fails for one customer alone is put off; another failure ends the transaction.
     *
     * @param now the time of the clock: what is later is not done yet
     * @return about how many records were written
     */
    int doSome(Instant now);
}
