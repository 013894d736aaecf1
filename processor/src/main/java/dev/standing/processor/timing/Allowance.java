package dev.standing.processor.timing;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How much a task may do in one turn: so long, and so many records. */
public final class Allowance {

    private final LongSupplier nanoTime;
    private final long end;
    private final int records;
    private int spent;

    /** Begins now. */
    Allowance(Duration time, int records, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + time.toNanos();
        this.records = records;
    }

    /** So many records were written. */
    public void spend(int written) {
        spent += written;
    }

    /** How many records were written so far. */
    public int spent() {
        return spent;
    }

    /** Whether nothing is left of it. */
    public boolean isSpent() {
        return spent >= records || nanoTime.getAsLong() - end >= 0;
    }
}
