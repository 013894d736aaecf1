package dev.standing.processor.topology;

import dev.standing.avro.store.RememberedRequest;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.RequestKey;
import dev.standing.mapping.UnknownSymbolException;
import dev.standing.processor.execution.CommandExecution;
import dev.standing.processor.execution.Effects;
import dev.standing.processor.intake.CommandIntake;
import dev.standing.processor.intake.DeadLetterReason;
import dev.standing.processor.intake.Intake;
import dev.standing.processor.intake.Intake.AwaitsSchema;
import dev.standing.processor.intake.Intake.Unanswerable;
import dev.standing.processor.intake.Intake.Understood;
import dev.standing.processor.intake.ParkedCommands;
import dev.standing.processor.intake.ReceivedCommand;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.processor.output.AnswerHeaders;
import dev.standing.processor.output.DeadLetters;
import dev.standing.processor.output.OutgoingRecord;
import dev.standing.processor.output.Sink;
import dev.standing.processor.store.CustomerStore;
import dev.standing.processor.store.RequestStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the commands of one partition in their order: reads, decides, keeps and sends. All of it is one transaction
 * with the consumed offset.
 *
 * <p>What can fail for one command alone (reading, deciding, encoding) is over before the first write. After it, a
 * failure ends the transaction: nothing catches it here, because a caught exception would roll nothing back.
 *
 * <p>The same instance is initialised again after its task was found corrupted, so {@link #init} sets every field that
 * has to do with the task.
 */
final class CommandProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(CommandProcessor.class);

    /** How often waiting commands are looked at while no other arrives. */
    private static final Duration PARKED_INTERVAL = Duration.ofMillis(200);

    /** How many waiting commands are taken then: a bound on the time for which others wait. */
    private static final int PARKED_BATCH = 500;

    /** How many are taken for each command that joins them: more than one, so that the line comes to an end. */
    private static final int PARKED_PER_ARRIVAL = 10;

    /** The registry usually answers within a few milliseconds; nobody waits for it much longer, and only once. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final CommandIntake intake;
    private final CommandExecution execution;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private final Duration idempotencyRetention;
    private final WaitingTasks waiting;

    private ProcessorContext<byte[], byte[]> context;
    private int partition;
    private CustomerStore customers;
    private RequestStore requests;
    private ParkedCommands parked;
    private Optional<Cancellable> parkedSchedule;

    CommandProcessor(
            CommandIntake intake,
            CommandExecution execution,
            DeadLetters deadLetters,
            InstantSource clock,
            Duration idempotencyRetention,
            WaitingTasks waiting) {
        this.intake = intake;
        this.execution = execution;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.idempotencyRetention = idempotencyRetention;
        this.waiting = waiting;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        partition = context.taskId().partition();
        customers = new CustomerStore(context.getStateStore(CustomerStore.name()));
        requests = new RequestStore(context.getStateStore(RequestStore.name()), idempotencyRetention);
        parked = new ParkedCommands(context.getStateStore(ParkedCommands.name()));
        parkedSchedule = Optional.empty();
        schedule();
    }

    @Override
    public void close() {
        waiting.remove(context.taskId());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long offset = context.recordMetadata().map(RecordMetadata::offset).orElseThrow();
        ReceivedCommand received =
                new ReceivedCommand(record.key(), record.value(), record.headers(), record.timestamp(), offset);
        // What is too large to be a command is too large to be parked, too; it has no place in the line to lose.
        if ((parked.isEmpty() || CommandIntake.isTooLarge(received)) && handled(received, PATIENCE)) {
            return;
        }
        parked.add(received);
        takeParked(PARKED_PER_ARRIVAL);
    }

    /** Takes waiting commands in their order, until one still has to wait, and sees to it that the rest is taken. */
    private void takeParked(int most) {
        for (int taken = 0; taken < most; taken++) {
            Optional<ReceivedCommand> next = parked.first();
            if (next.isEmpty() || !handled(next.get(), Duration.ZERO)) {
                break;
            }
            parked.removeFirst();
        }
        schedule();
    }

    private void schedule() {
        boolean isWaiting = parked.first().isPresent();
        if (isWaiting && parkedSchedule.isEmpty()) {
            LOG.warn("Task {}: commands wait for the registry", context.taskId());
            waiting.add(context.taskId());
            parkedSchedule = Optional.of(context.schedule(
                    PARKED_INTERVAL, PunctuationType.WALL_CLOCK_TIME, timestamp -> takeParked(PARKED_BATCH)));
        } else if (!isWaiting && parkedSchedule.isPresent()) {
            LOG.info("Task {}: no command waits for the registry any more", context.taskId());
            waiting.remove(context.taskId());
            parkedSchedule.get().cancel();
            parkedSchedule = Optional.empty();
        }
    }

    /** Whether the command is done with; otherwise nothing has happened, and it must be tried again. */
    private boolean handled(ReceivedCommand received, Duration patience) {
        Intake read = intake.read(received, partition, patience);
        if (read instanceof AwaitsSchema) {
            return false;
        }
        if (read instanceof Unanswerable unanswerable) {
            sendToDeadLetters(received, unanswerable.reason(), unanswerable.message());
        } else {
            execute(received, ((Understood) read).command());
        }
        return true;
    }

    private void execute(ReceivedCommand received, Command command) {
        Instant now = clock.instant();
        RequestKey key = RequestKey.of(command);
        Optional<dev.standing.avro.Customer> customer = customers.find(command.customerId());
        Optional<RememberedRequest> remembered = requests.find(key, now);
        Effects effects;
        try {
            effects = execution.execute(customer, remembered, command, now);
        } catch (UnknownSymbolException e) {
            // A later version wrote the customer: its commands are for that version, and must not be thrown away here.
            throw e;
        } catch (RuntimeException e) {
            // Nothing has been written. A defect in one command must not stop all that come behind it.
            LOG.error(
                    "Command {} of customer {} cannot be processed",
                    command.origin().commandId(),
                    command.customerId(),
                    e);
            sendToDeadLetters(received, DeadLetterReason.PROCESSING_FAILED, e.toString());
            return;
        }
        effects.customer().ifPresent(customers::put);
        effects.toRemember().ifPresent(request -> requests.remember(key, request, now));
        AnswerHeaders headers =
                AnswerHeaders.answering(received.headers(), command.origin().commandId());
        byte[] recordKey = command.customerId().getBytes(StandardCharsets.UTF_8);
        for (OutgoingRecord outgoing : effects.records()) {
            context.forward(
                    new Record<>(
                            recordKey,
                            outgoing.value(),
                            effects.decidedAt().toEpochMilli(),
                            headers.of(outgoing, effects.decidedAt())),
                    outgoing.sink().nodeName());
        }
    }

    private void sendToDeadLetters(ReceivedCommand received, DeadLetterReason reason, String message) {
        LOG.warn(
                "Partition {}, offset {} goes to the dead letters: {}: {}",
                partition,
                received.offset(),
                reason,
                message);
        context.forward(deadLetters.of(received, partition, reason, message), Sink.DEAD_LETTERS.nodeName());
    }
}
