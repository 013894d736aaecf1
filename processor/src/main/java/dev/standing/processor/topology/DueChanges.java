package dev.standing.processor.topology;

import dev.standing.processor.execution.Effects;
import dev.standing.processor.metrics.ProcessorMetrics;
import dev.standing.processor.store.DueIndex;
import dev.standing.processor.store.DueIndex.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles the customers of one task when something of theirs is due. */
final class DueChanges implements TimedWork {

    private static final Logger LOG = LoggerFactory.getLogger(DueChanges.class);

    /** How many customers are settled in one go. */
    private static final int BATCH = 10;

    /** When a customer that could not be settled is tried again. */
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    private final DueIndex due;
    private final Desk desk;
    private final ProcessorMetrics metrics;

    DueChanges(DueIndex due, Desk desk, ProcessorMetrics metrics) {
        this.due = due;
        this.desk = desk;
        this.metrics = metrics;
    }

    @Override
    public Optional<Instant> next() {
        return due.next();
    }

    @Override
    public int doSome(Instant now) {
        int written = 0;
        for (Row row : due.take(now, BATCH)) {
            written += 1 + settle(row, now);
        }
        return written;
    }

    /** A customer that cannot be settled is put off: it stops no other, and is not forgotten. */
    private int settle(Row row, Instant now) {
        Optional<Effects> effects;
        try {
            effects = desk.due(row.customerId(), now);
        } catch (RuntimeException e) {
            if (Failures.areFatal(e)) {
                throw e;
            }
            LOG.error("Customer {} cannot be settled; it is tried again in {}", row.customerId(), AGAIN_AFTER, e);
            due.add(new Row(now.plus(AGAIN_AFTER), row.customerId(), row.changeId()));
            return 1;
        }
        effects.ifPresent(settled -> {
            desk.settle(settled);
            if (settled.customer().isPresent()) {
                metrics.dueLateness(row.at(), settled.decidedAt());
            }
        });
        return effects.map(settled -> settled.records().size()).orElse(0);
    }
}
