package dev.standing.processor.timing;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What the tasks of one stream thread have to do beside commands, and when. The thread runs them one after another,
 * between commands: so they share what time there is for it, and its consumer does not wait longer than until one of
 * them has its turn. For that thread only.
 */
public final class ThreadAgenda {

    /** How long all tasks of a thread together work before commands have their turn again. */
    private static final Duration TIME = Duration.ofMillis(20);

    /** How many records they write together before it: all of them become part of one transaction. */
    private static final int RECORDS = 2_000;

    private final LongSupplier nanoTime;
    private final Map<Object, Long> alarms = new HashMap<>();
    private final Set<Object> behind = new HashSet<>();
    private boolean uncommitted;

    /** An agenda on which there is nothing. The stopwatch tells nanoseconds, as {@link System#nanoTime} does. */
    ThreadAgenda(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The task is to have a turn after so long, instead of when it was to have one before. */
    public void wake(Object task, Duration after) {
        alarms.put(task, nanoTime.getAsLong() + after.toNanos());
    }

    /**
     * The task's turn has come.
     *
     * @return what it may do: its share, if others could not finish in their last turns either
     */
    public Allowance begin(Object task) {
        alarms.remove(task);
        uncommitted = true;
        int sharers = behind.contains(task) ? behind.size() : behind.size() + 1;
        return new Allowance(TIME.dividedBy(sharers), Math.max(1, RECORDS / sharers), nanoTime);
    }

    /** The task's turn is over. */
    public void end(Object task, boolean finished) {
        if (finished) {
            behind.remove(task);
        } else {
            behind.add(task);
        }
    }

    /** The task is no more. */
    public void remove(Object task) {
        alarms.remove(task);
        behind.remove(task);
    }

    /** How long it is until a task has its turn, not below zero; empty: none is to have one. */
    Optional<Duration> untilNext() {
        long now = nanoTime.getAsLong();
        return alarms.values().stream()
                .map(alarm -> alarm - now)
                .min(Long::compare)
                .map(left -> Duration.ofNanos(Math.max(0, left)));
    }

    /** Whether a task had a turn since this was asked last. */
    boolean takeUncommitted() {
        boolean was = uncommitted;
        uncommitted = false;
        return was;
    }
}
