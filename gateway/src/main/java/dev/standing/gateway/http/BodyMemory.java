package dev.standing.gateway.http;

import java.util.concurrent.atomic.AtomicLong;

/** How much the bodies of all requests together may hold at a time. Safe for use by many threads. */
final class BodyMemory {

    private final AtomicLong free;

    BodyMemory(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    /** Takes bytes; false: there are not so many left. */
    boolean take(int bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    /** Gives bytes back that were taken. */
    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }
}
