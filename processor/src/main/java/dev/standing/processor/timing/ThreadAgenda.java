package dev.standing.processor.timing;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What the tasks of one stream thread have to do beside commands, and when. For that thread only.
 *
 * <p>The thread goes round: it takes some records of each task, runs what is scheduled of each task, and commits now and
 * then, one after another. While it finds something to run or to commit in each round, Kafka Streams takes one record of
 * each task a round, no more; and each commit costs with the partitions that were written. So of the tasks that have
 * more to do than fits into a turn, one has its turn at a time, and not before the thread has had some rounds without
 * one to take the commands that came meanwhile. A task with little to do does not have to wait for that. For the same
 * reasons a commit is asked for when all records that came are taken, and not after each.
 */
public final class ThreadAgenda {

    /** How long a task works, that has much to do. */
    private static final Duration TURN = Duration.ofMillis(20);

    /** How many records it writes in that time at most: all of them become part of one transaction. */
    private static final int TURN_RECORDS = 2_000;

    /** How long a task works that was not known to have much to do. */
    private static final Duration FIRST_TURN = Duration.ofMillis(5);

    private static final int FIRST_TURN_RECORDS = 500;

    /** How long commands have the thread to themselves between two turns, if there are any. */
    private static final Duration COMMANDS_FIRST = Duration.ofMillis(5);

    /** The least that Kafka Streams can be asked to wait. */
    private static final Duration NEXT_ROUND = Duration.ofMillis(1);

    /** Kafka Streams goes by the wall clock: if that is set back, what was scheduled is late. */
    private static final Duration LOST_AFTER = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final Map<Object, Long> alarms = new HashMap<>();

    /** The tasks with more to do than fits into a turn; who had the last turn is the last one. */
    private final Set<Object> behind = new LinkedHashSet<>();

    /** No task that is behind has a turn earlier. */
    private long notBefore;

    private boolean recordsSinceTurn;

    /** Whether it is later because of commands: once for each turn, however many go on coming. */
    private boolean commandsFirst;

    /** How many records the consumer has returned that no processor has taken yet. */
    private int untaken;

    private boolean takenSincePoll;

    /** Whether there is a consumer that tells what it returns. */
    private boolean knowsWhatCame;

    /** An agenda on which there is nothing. The stopwatch tells nanoseconds, as {@link System#nanoTime} does. */
    ThreadAgenda(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.notBefore = nanoTime.getAsLong();
    }

    /** What a task gets that asks for a turn. */
    public sealed interface Answer {

        /** Its turn. It tells {@link #end} when it is over. */
        record Turn(Allowance allowance) implements Answer {}

        /** None yet; it is to ask again. */
        record NotYet(Duration after) implements Answer {}
    }

    /**
     * The task is to have a turn after so long, instead of when it was to have one before.
     *
     * @return when that is, by the stopwatch
     */
    public long wake(Object task, Duration after) {
        long at = nanoTime.getAsLong() + after.toNanos();
        wakeAt(task, at);
        return at;
    }

    /** As {@link #wake}, at that time of the stopwatch. */
    public void wakeAt(Object task, long at) {
        alarms.put(task, at);
    }

    /** Whether a time of the stopwatch passed so long ago that what was to happen then has been lost. */
    public boolean isLongAgo(long at) {
        return nanoTime.getAsLong() - at > LOST_AFTER.toNanos();
    }

    /** What can be done in one go, whatever it is, before others have their turn. */
    public Allowance moment() {
        return new Allowance(TURN, TURN_RECORDS, nanoTime);
    }

    /** The consumer has returned so many records. */
    void polled(int records) {
        // What goes to another thread, or is dropped, is never taken here.
        untaken = records == 0 && !takenSincePoll ? 0 : untaken + records;
        takenSincePoll = false;
        knowsWhatCame = true;
    }

    /**
     * A processor has taken a record.
     *
     * @return whether what was done is to be committed now: it was the last one for the moment, and no turn is to come
     *     that ends with a commit of its own. Never, if no consumer tells what it returns
     */
    public boolean recordTaken() {
        untaken = Math.max(0, untaken - 1);
        takenSincePoll = true;
        recordsSinceTurn = true;
        return knowsWhatCame && untaken == 0 && behind.isEmpty();
    }

    /** The task asks for a turn. */
    public Answer begin(Object task) {
        alarms.remove(task);
        if (!behind.contains(task)) {
            return new Answer.Turn(new Allowance(FIRST_TURN, FIRST_TURN_RECORDS, nanoTime));
        }
        long now = nanoTime.getAsLong();
        if (recordsSinceTurn && !commandsFirst) {
            commandsFirst = true;
            notBefore = now + COMMANDS_FIRST.toNanos();
        }
        if (now - notBefore < 0) {
            return new Answer.NotYet(longer(Duration.ofNanos(notBefore - now), NEXT_ROUND));
        }
        return isFirstInLine(task)
                ? new Answer.Turn(new Allowance(TURN, TURN_RECORDS, nanoTime))
                : new Answer.NotYet(NEXT_ROUND);
    }

    /** The task's turn is over. */
    public void end(Object task, boolean finished) {
        boolean wasBehind = behind.remove(task);
        if (!finished) {
            behind.add(task);
        }
        if (wasBehind) {
            // All that ask now ask in the round of this turn.
            notBefore = nanoTime.getAsLong() + NEXT_ROUND.toNanos();
            recordsSinceTurn = false;
            commandsFirst = false;
        }
    }

    /** The task is no more. */
    public void remove(Object task) {
        alarms.remove(task);
        behind.remove(task);
        // What came for it is not taken any more.
        untaken = 0;
    }

    /** How long it is until a task has its turn, not below zero; empty: none is to have one. */
    Optional<Duration> untilNext() {
        long now = nanoTime.getAsLong();
        return alarms.values().stream()
                // For what is late there is no telling when it comes: to ask again and again would not make it come.
                .filter(alarm -> !isLongAgo(alarm))
                .map(alarm -> alarm - now)
                .min(Long::compare)
                .map(left -> Duration.ofNanos(Math.max(0, left)));
    }

    private boolean isFirstInLine(Object task) {
        return behind.iterator().next() == task;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
