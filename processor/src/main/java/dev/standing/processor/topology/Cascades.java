package dev.standing.processor.topology;

import dev.standing.avro.Customer;
import dev.standing.avro.store.OpenCascade;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.mapping.SubordinateMapping;
import dev.standing.processor.execution.CascadeExecution;
import dev.standing.processor.execution.CascadeStep;
import dev.standing.processor.metrics.ProcessorMetrics;
import dev.standing.processor.output.AnswerHeaders;
import dev.standing.processor.store.OpenCascades;
import dev.standing.processor.store.SubordinateStore;
import dev.standing.processor.store.SubordinateStore.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the cascades of one task to the subordinates ({@code semantics.md} section 7), some subordinates of one customer
 * at a time. How far each has come is kept with what it did, in one transaction: nothing is lost, and nothing done twice.
 */
final class Cascades implements TimedWork {

    private static final Logger LOG = LoggerFactory.getLogger(Cascades.class);

    /** How many subordinates are reached in one go, before another customer has its turn. */
    private static final int CHUNK = 50;

    /** When a cascade that could not go on is tried again. */
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    private final CascadeExecution execution;
    private final CustomerBooks books;
    private final OpenCascades open;
    private final SubordinateStore subordinates;
    private final Outbox outbox;
    private final ProcessorMetrics metrics;

    Cascades(
            CascadeExecution execution,
            CustomerBooks books,
            OpenCascades open,
            SubordinateStore subordinates,
            Outbox outbox,
            ProcessorMetrics metrics) {
        this.execution = execution;
        this.books = books;
        this.open = open;
        this.subordinates = subordinates;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    @Override
    public Optional<Instant> next() {
        return open.next();
    }

    @Override
    public int doSome(Instant now) {
        return open.take(now).map(cascade -> goOn(cascade, now)).orElse(0);
    }

    /** A cascade that cannot go on is put off: it stops no other, and is not forgotten. */
    private int goOn(OpenCascade cascade, Instant now) {
        CascadeStep step;
        try {
            step = step(cascade, now);
        } catch (RuntimeException e) {
            if (Failures.areFatal(e)) {
                throw e;
            }
            LOG.error(
                    "The cascade of event {} of customer {} cannot go on; it is tried again in {}",
                    cascade.getCauseSequence(),
                    cascade.getCustomerId(),
                    AGAIN_AFTER,
                    e);
            open.putOff(cascade.getCustomerId(), now.plus(AGAIN_AFTER));
            return 1;
        }
        keep(step, now);
        metrics.subordinatesReached(
                step.cascade().getUpdated() - cascade.getUpdated(),
                step.cascade().getSkipped() - cascade.getSkipped());
        // Of each, the record, what is kept, and the changelog of that.
        return 1 + 3 * step.updates().size();
    }

    private CascadeStep step(OpenCascade cascade, Instant now) {
        String customerId = cascade.getCustomerId();
        Customer customer = books.find(customerId)
                .orElseThrow(() -> new IllegalStateException("Customer " + customerId + " does not exist"));
        Optional<Position> reached = cascade.getReached()
                .map(SubordinateMapping::toDomain)
                .map(ref -> new Position(cascade.getReachedDepth(), ref));
        List<Subordinate> next = subordinates.behind(customerId, reached, CHUNK);
        return execution.step(customer, cascade, next, next.size() < CHUNK, now);
    }

    private void keep(CascadeStep step, Instant now) {
        String customerId = step.cascade().getCustomerId();
        step.updated().forEach(subordinate -> subordinates.update(customerId, subordinate));
        step.updates().forEach(update -> outbox.send(update, AnswerHeaders.unasked(), now));
        step.completed()
                .ifPresentOrElse(
                        effects -> {
                            effects.customer().ifPresent(books::keep);
                            outbox.send(effects, AnswerHeaders.unasked());
                            open.close(step.cascade());
                        },
                        () -> open.reached(step.cascade()));
    }
}
