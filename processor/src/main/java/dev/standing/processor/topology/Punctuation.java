package dev.standing.processor.topology;

import dev.standing.processor.timing.Allowance;
import dev.standing.processor.timing.ThreadAgenda;
import dev.standing.processor.timing.ThreadAgenda.Answer;
import dev.standing.processor.timing.ThreadAgenda.Answer.NotYet;
import dev.standing.processor.timing.ThreadAgenda.Answer.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Gives what time brings about its turns. It wakes up by the wall clock, never by the time of records, and only when
 * there is something to do: a ticker would make a transaction of each tick. What does not fit into a turn goes on in the
 * next one, after the commands that have come meanwhile and in a transaction of its own.
 */
final class Punctuation {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /** However far ahead the next thing is, it looks this often. */
    private static final Duration AT_LATEST = Duration.ofDays(1);

    private final ProcessorContext<byte[], byte[]> context;
    private final ThreadAgenda agenda;
    private final InstantSource clock;
    private final List<TimedWork> kinds;
    private final Runnable afterwards;

    /**
     * The earliest first. A later one is left to ring: Kafka Streams keeps what is cancelled until its time comes, so that
     * one that is cancelled and set again and again would fill the memory.
     */
    private final Deque<Alarm> alarms = new ArrayDeque<>();

    /**
     * For the kinds of work of one task; each gets its turn in each round.
     *
     * @param afterwards is run whenever there may be more to do, or less
     */
    Punctuation(
            ProcessorContext<byte[], byte[]> context,
            ThreadAgenda agenda,
            InstantSource clock,
            List<TimedWork> kinds,
            Runnable afterwards) {
        this.context = context;
        this.agenda = agenda;
        this.clock = clock;
        this.kinds = List.copyOf(kinds);
        this.afterwards = afterwards;
    }

    /** Wakes it up once. */
    private final class Alarm {

        private final Instant at;
        private final long deadline;
        private final Cancellable schedule;

        /**
         * Sets it.
         *
         * @param at the time by the clock
         * @param wait how long it is until then
         */
        Alarm(Instant at, Duration wait) {
            this.at = at;
            this.schedule = context.schedule(wait, PunctuationType.WALL_CLOCK_TIME, timestamp -> ring());
            this.deadline = agenda.wake(Punctuation.this, wait);
        }

        private void ring() {
            cancel();
            alarms.remove(this);
            askForTurn(at);
        }

        void cancel() {
            schedule.cancel();
        }
    }

    /** Sees to it that it wakes up when there is something to do; to be called whenever that may be earlier than before. */
    void schedule() {
        dropLost();
        next().filter(this::isEarlier).ifPresent(this::wakeUpAt);
        afterwards.run();
    }

    /** The task is no more. */
    void close() {
        alarms.forEach(Alarm::cancel);
        alarms.clear();
        agenda.remove(this);
    }

    private Optional<Instant> next() {
        return kinds.stream().flatMap(kind -> kind.next().stream()).min(Instant::compareTo);
    }

    private boolean isEarlier(Instant at) {
        return alarms.isEmpty() || at.isBefore(alarms.getFirst().at);
    }

    /** When the wall clock was set back, alarms do not ring for so long: new ones are set in their place. */
    private void dropLost() {
        while (!alarms.isEmpty() && agenda.isLongAgo(alarms.getFirst().deadline)) {
            alarms.removeFirst().cancel();
        }
    }

    private void wakeUpAt(Instant at) {
        Instant now = clock.instant();
        Instant latest = now.plus(AT_LATEST);
        Instant capped = at.isAfter(latest) ? latest : at;
        Duration left = Duration.between(now, capped);
        wakeUpIn(left.compareTo(AT_ONCE) < 0 ? AT_ONCE : left.plusNanos(999_999), capped);
    }

    private void wakeUpIn(Duration wait, Instant at) {
        alarms.addFirst(new Alarm(at, wait));
    }

    private void askForTurn(Instant since) {
        Answer answer = agenda.begin(this);
        if (answer instanceof NotYet notYet) {
            wakeUpIn(notYet.after(), since);
            return;
        }
        takeTurn(((Turn) answer).allowance());
        schedule();
        if (!alarms.isEmpty()) {
            agenda.wakeAt(this, alarms.getFirst().deadline);
        }
    }

    private void takeTurn(Allowance allowance) {
        TurnEvent recorded = new TurnEvent();
        recorded.begin();
        boolean finished = work(allowance);
        agenda.end(this, finished);
        if (allowance.spent() > 0) {
            // What was due is seen at once, and no transaction grows with what there is to do.
            context.commit();
        }
        recorded.finish(context.taskId(), allowance.spent(), finished);
    }

    /** Whether it came to the end of what there was to do. */
    private boolean work(Allowance allowance) {
        // One time for all: what is due by now stays due, even if the clock is set back meanwhile.
        Instant now = clock.instant();
        while (true) {
            boolean idle = true;
            for (TimedWork kind : kinds) {
                if (kind.next().filter(at -> !at.isAfter(now)).isPresent()) {
                    if (allowance.isSpent()) {
                        return false;
                    }
                    allowance.spend(kind.doSome(now));
                    idle = false;
                }
            }
            if (idle) {
                return true;
            }
        }
    }
}
