package dev.standing.embedded.registry;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How far the topic was read and applied; one thread moves it, any thread waits for it. */
final class ReadPosition {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long next;
    private @Nullable RuntimeException failure;

    /** All records before this offset are applied. */
    void reached(long offset) {
        lock.lock();
        try {
            next = offset;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No more records will be applied. */
    void failed(RuntimeException reason) {
        lock.lock();
        try {
            failure = reason;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all records before an offset are applied.
     *
     * @throws IllegalStateException if reading has failed, or takes longer than the limit, or the thread is interrupted
     */
    void await(long offset, Duration limit) {
        long nanos = limit.toNanos();
        lock.lock();
        try {
            while (next < offset) {
                if (failure != null) {
                    throw new IllegalStateException("the schema registry cannot read its topic", failure);
                }
                if (nanos <= 0) {
                    throw new IllegalStateException("offset " + offset + " was not read within " + limit);
                }
                nanos = moved.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for offset " + offset, e);
        } finally {
            lock.unlock();
        }
    }
}
