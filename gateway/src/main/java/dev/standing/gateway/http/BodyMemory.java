package dev.standing.gateway.http;

import java.util.concurrent.atomic.AtomicLong;

/** How much bodies together may hold at a time. Safe for use by many threads. */
final class BodyMemory {

    private final long bytes;
    private final AtomicLong free;

    BodyMemory(long bytes) {
        this.bytes = bytes;
        this.free = new AtomicLong(bytes);
    }

    /** How much is taken now. */
    long taken() {
        return bytes - free.get();
    }

    /** Takes bytes; false: there are not so many left. */
    boolean take(int wanted) {
        if (free.addAndGet(-wanted) >= 0) {
            return true;
        }
        free.addAndGet(wanted);
        return false;
    }

    /** Gives bytes back that were taken. */
    void giveBack(long given) {
        free.addAndGet(given);
    }
}
