package dev.standing.processor.timing;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How much a task may do in one turn: so long, and so many records. */
public final class Allowance {

    private final LongSupplier nanoTime;
    private final long end;
    private int records;

    /** Begins now. */
    Allowance(Duration time, int records, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + time.toNanos();
        this.records = records;
    }

    /** So many records were written. */
    public void spend(int written) {
        records -= written;
    }

    /** Whether nothing is left of it. */
    public boolean isSpent() {
        return records <= 0 || nanoTime.getAsLong() - end >= 0;
    }
}
