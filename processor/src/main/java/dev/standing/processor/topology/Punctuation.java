package dev.standing.processor.topology;

import dev.standing.processor.timing.Allowance;
import dev.standing.processor.timing.ThreadAgenda;
import dev.standing.processor.timing.ThreadAgenda.Answer;
import dev.standing.processor.timing.ThreadAgenda.Answer.NotYet;
import dev.standing.processor.timing.ThreadAgenda.Answer.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    private final ProcessorContext<byte[], byte[]> context;
    private final ThreadAgenda agenda;
    private final InstantSource clock;
    private final List<TimedWork> kinds;
    private final Runnable afterwards;

    private Optional<Alarm> alarm = Optional.empty();

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

    /** When it wakes up. */
    private record Alarm(Instant at, Cancellable schedule) {}

    /** Sees to it that it wakes up when there is something to do; to be called whenever that may be earlier than before. */
    void schedule() {
        next().filter(this::isEarlier).ifPresent(this::wakeUpAt);
        afterwards.run();
    }

    /** The task is no more. */
    void close() {
        agenda.remove(this);
    }

    private Optional<Instant> next() {
        return kinds.stream().flatMap(kind -> kind.next().stream()).min(Instant::compareTo);
    }

    private boolean isEarlier(Instant at) {
        return alarm.isEmpty() || at.isBefore(alarm.get().at());
    }

    private void wakeUpAt(Instant at) {
        Duration left = Duration.between(clock.instant(), at);
        wakeUpIn(left.compareTo(AT_ONCE) < 0 ? AT_ONCE : left.plusNanos(999_999), at);
    }

    private void wakeUpIn(Duration wait, Instant at) {
        alarm.ifPresent(other -> other.schedule().cancel());
        alarm = Optional.of(
                new Alarm(at, context.schedule(wait, PunctuationType.WALL_CLOCK_TIME, timestamp -> askForTurn())));
        agenda.wake(this, wait);
    }

    private void askForTurn() {
        Instant at = alarm.map(Alarm::at).orElse(Instant.MIN);
        alarm.ifPresent(rung -> rung.schedule().cancel());
        alarm = Optional.empty();
        Answer answer = agenda.begin(this);
        if (answer instanceof NotYet notYet) {
            wakeUpIn(notYet.after(), at);
        } else {
            takeTurn(((Turn) answer).allowance());
        }
    }

    private void takeTurn(Allowance allowance) {
        TurnEvent recorded = new TurnEvent();
        recorded.begin();
        boolean finished = work(allowance);
        agenda.end(this, finished);
        // What was due is seen at once, and no transaction grows with what there is to do.
        context.commit();
        schedule();
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
