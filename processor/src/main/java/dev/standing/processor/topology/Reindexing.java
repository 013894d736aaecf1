package dev.standing.processor.topology;

import dev.standing.avro.Customer;
import dev.standing.domain.decision.Settlement.DueTime;
import dev.standing.processor.execution.CommandExecution;
import dev.standing.processor.store.CustomerStore;
import dev.standing.processor.store.DueIndex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the index of due times up to date when the policy gives customers other due times than it did when the index
 * was made: all customers are looked through once. Commands and what is due go on meanwhile; a task that ends before it
 * is through begins again.
 */
final class Reindexing implements TimedWork {

    private static final Logger LOG = LoggerFactory.getLogger(Reindexing.class);

    /** How many customers are looked through in one go. */
    private static final int BATCH = 100;

    private final TaskId task;
    private final DueIndex due;
    private final CommandExecution execution;
    private final CustomerStore customers;

    private boolean isOld;
    private boolean isComplete = true;
    private Optional<String> reached = Optional.empty();

    Reindexing(TaskId task, DueIndex due, CommandExecution execution, CustomerStore customers) {
        this.task = task;
        this.due = due;
        this.execution = execution;
        this.customers = customers;
        this.isOld = !due.rules().equals(execution.rulesOfDueTimes());
    }

    @Override
    public Optional<Instant> next() {
        return isOld ? Optional.of(Instant.MIN) : Optional.empty();
    }

    @Override
    public int doSome(Instant now) {
        if (reached.isEmpty()) {
            LOG.info("Task {}: the policy has other due times now; all customers are looked through", task);
        }
        List<Customer> next = customers.behind(reached, BATCH);
        int written = 0;
        for (Customer customer : next) {
            written += index(customer);
        }
        if (next.size() < BATCH) {
            finish();
        } else {
            reached = Optional.of(next.get(next.size() - 1).getCustomerId());
        }
        // Reading costs, too.
        return written + next.size();
    }

    private int index(Customer customer) {
        try {
            List<DueTime> times = execution.dueTimes(customer);
            times.forEach(time -> due.add(customer.getCustomerId(), time));
            return times.size();
        } catch (RuntimeException e) {
            if (Failures.areFatal(e)) {
                throw e;
            }
            LOG.error("Task {}: customer {} cannot be looked through", task, customer.getCustomerId(), e);
            isComplete = false;
            return 0;
        }
    }

    private void finish() {
        isOld = false;
        if (isComplete) {
            due.setRules(execution.rulesOfDueTimes());
            LOG.info("Task {}: all customers have been looked through", task);
        } else {
            LOG.error("Task {}: not all customers could be looked through; the next start tries again", task);
        }
    }
}
