package dev.standing.processor.history;

import dev.standing.avro.Customer;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an agenda from the customers that were kept before there was one, some at a time, while events go on. One that
 * is not done when the task is closed begins anew: what is added twice is there once.
 */
final class AgendaCompletion {

    private static final Logger LOG = LoggerFactory.getLogger(AgendaCompletion.class);

    /** How many customers are looked at before events have their turn again. */
    static final int STEP = 1_000;

    /** How long events have their turn; the stream thread looks at it less often if it is idle. */
    static final Duration PAUSE = Duration.ofMillis(10);

    private final ProcessorContext<Void, Void> context;
    private final KeyValueStore<String, Customer> customers;
    private final Agenda agenda;

    private Optional<Cancellable> schedule = Optional.empty();
    private Optional<String> last = Optional.empty();

    AgendaCompletion(ProcessorContext<Void, Void> context, KeyValueStore<String, Customer> customers, Agenda agenda) {
        this.context = context;
        this.customers = customers;
        this.agenda = agenda;
    }

    /** Begins, if there is anything to do. */
    void begin() {
        if (!agenda.isComplete()) {
            // Not here: what is written outside of a record or a punctuation is not committed before the next of those.
            schedule = Optional.of(context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, timestamp -> takeStep()));
        }
    }

    private void takeStep() {
        // The null character follows on nothing else: this is the next id that there can be.
        String from = last.map(customerId -> customerId + '\0').orElse(null);
        boolean isDone;
        try (KeyValueIterator<String, Customer> range = customers.range(from, null)) {
            for (int taken = 0; taken < STEP && range.hasNext(); taken++) {
                Customer customer = range.next().value;
                agenda.add(customer);
                last = Optional.of(customer.getCustomerId());
            }
            isDone = !range.hasNext();
        }
        if (isDone) {
            agenda.complete();
            schedule.ifPresent(Cancellable::cancel);
            LOG.info("Task {}: what its customers plan is listed", context.taskId());
        }
    }
}
