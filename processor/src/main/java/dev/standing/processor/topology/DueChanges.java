package dev.standing.processor.topology;

import dev.standing.processor.execution.Effects;
import dev.standing.processor.store.DueIndex;
import dev.standing.processor.store.DueIndex.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the customers of one task when something of theirs is due. It wakes up by the wall clock, never by the time
 * of records, and only when there is something to do: a ticker would make a transaction of each tick.
 */
final class DueChanges {

    private static final Logger LOG = LoggerFactory.getLogger(DueChanges.class);

    /** How many customers are settled before commands have their turn again. */
    private static final int BATCH = 100;

    /** When a customer that could not be settled is tried again. */
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final ProcessorContext<byte[], byte[]> context;
    private final DueIndex due;
    private final Desk desk;
    private final InstantSource clock;

    private Optional<Alarm> alarm = Optional.empty();

    /** Whether customers have other due times than the index knows. */
    private boolean indexIsOld;

    DueChanges(ProcessorContext<byte[], byte[]> context, DueIndex due, Desk desk, InstantSource clock) {
        this.context = context;
        this.due = due;
        this.desk = desk;
        this.clock = clock;
    }

    /** Begins: what a store holds that was kept under another policy is brought up to date first. */
    void start() {
        indexIsOld = !due.rules().equals(desk.rulesOfDueTimes());
        if (indexIsOld) {
            // Not here: what is written outside of a record or a punctuation is not committed before the next of those.
            wakeUpAt(clock.instant());
        } else {
            schedule();
        }
    }

    private void indexAnew() {
        LOG.info("Task {}: the policy has other due times now; all customers are looked through", context.taskId());
        desk.indexAll();
        due.setRules(desk.rulesOfDueTimes());
        indexIsOld = false;
    }

    /** When it wakes up. */
    private record Alarm(Instant at, Cancellable schedule) {}

    /** Sees to it that it wakes up when the next customer is to be settled; to be called whenever that may be earlier. */
    void schedule() {
        due.next().filter(this::isEarlier).ifPresent(this::wakeUpAt);
    }

    private boolean isEarlier(Instant at) {
        return alarm.isEmpty() || at.isBefore(alarm.get().at());
    }

    private void wakeUpAt(Instant at) {
        alarm.ifPresent(other -> other.schedule().cancel());
        Duration left = Duration.between(clock.instant(), at);
        Duration wait = left.compareTo(AT_ONCE) < 0 ? AT_ONCE : left.plusNanos(999_999);
        alarm = Optional.of(
                new Alarm(at, context.schedule(wait, PunctuationType.WALL_CLOCK_TIME, timestamp -> settle())));
    }

    private void settle() {
        alarm.ifPresent(rung -> rung.schedule().cancel());
        alarm = Optional.empty();
        if (indexIsOld) {
            indexAnew();
        }
        // One time for all: a row that was taken is due, even if the clock is set back meanwhile.
        Instant now = clock.instant();
        due.take(now, BATCH).forEach(row -> settle(row, now));
        schedule();
    }

    /** A customer that cannot be settled is put off: it stops no other, and is not forgotten. */
    private void settle(Row row, Instant now) {
        Optional<Effects> effects;
        try {
            effects = desk.due(row.customerId(), now);
        } catch (RuntimeException e) {
            if (isFatal(e)) {
                throw e;
            }
            LOG.error("Customer {} cannot be settled; it is tried again in {}", row.customerId(), AGAIN_AFTER, e);
            due.add(new Row(now.plus(AGAIN_AFTER), row.customerId(), row.changeId()));
            return;
        }
        effects.ifPresent(desk::settle);
    }

    /** What comes from Kafka ends the transaction; what comes from reading, deciding or encoding one customer does not. */
    private static boolean isFatal(RuntimeException e) {
        return e instanceof KafkaException && !(e instanceof SerializationException);
    }
}
