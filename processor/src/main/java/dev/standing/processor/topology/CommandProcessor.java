package dev.standing.processor.topology;

import dev.standing.avro.internal.ClaimAnswer;
import dev.standing.avro.store.KeptSubordinate;
import dev.standing.processor.execution.CascadeExecution;
import dev.standing.processor.execution.CommandExecution;
import dev.standing.processor.intake.CommandIntake;
import dev.standing.processor.intake.Intake;
import dev.standing.processor.intake.Intake.AwaitsSchema;
import dev.standing.processor.intake.Intake.Unanswerable;
import dev.standing.processor.intake.Intake.Understood;
import dev.standing.processor.intake.ParkedCommands;
import dev.standing.processor.intake.ReceivedCommand;
import dev.standing.processor.intake.WaitingTasks;
import dev.standing.processor.metrics.ProcessorMetrics;
import dev.standing.processor.metrics.ProcessorMetrics.Processing;
import dev.standing.processor.output.OutputEncoder;
import dev.standing.processor.output.Sink;
import dev.standing.processor.store.CustomerStore;
import dev.standing.processor.store.DueIndex;
import dev.standing.processor.store.OpenCascades;
import dev.standing.processor.store.RequestStore;
import dev.standing.processor.store.SubordinateStore;
import dev.standing.processor.store.WaitingCommands;
import dev.standing.processor.timing.Allowance;
import dev.standing.processor.timing.ThreadAgendas;
import dev.standing.serde.StoreCodec;
import dev.standing.topics.TopicCatalogue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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
 * with the consumed offset. When something of a customer is due, it is settled between two commands.
 *
 * <p>The same instance is initialised again after its task was found corrupted, so {@link #init} sets every field that
 * has to do with the task.
 */
final class CommandProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(CommandProcessor.class);

    /** How often waiting commands are looked at while no other arrives. */
    private static final Duration PARKED_INTERVAL = Duration.ofMillis(200);

    /** How many waiting commands are taken then, if they do not take too long. */
    private static final int PARKED_BATCH = 500;

    /** How many are taken for each command that joins them: more than one, so that the line comes to an end. */
    private static final int PARKED_PER_ARRIVAL = 10;

    /** The registry usually answers within a few milliseconds; nobody waits for it much longer, and only once. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final CommandIntake intake;
    private final CommandExecution execution;
    private final CascadeExecution cascades;
    private final OutputEncoder encoder;
    private final TopicCatalogue topics;
    private final InstantSource clock;
    private final Duration idempotencyRetention;
    private final WaitingTasks waiting;
    private final ThreadAgendas agendas;
    private final ProcessorMetrics metrics;

    private ProcessorContext<byte[], byte[]> context;
    private Outbox outbox;
    private InternalIntake<ClaimAnswer> claimAnswers;
    private Registrations registrations;
    private Optional<Punctuation> punctuation = Optional.empty();
    private Optional<Backlog> backlog = Optional.empty();
    private ParkedCommands parked;
    private Optional<Cancellable> parkedSchedule = Optional.empty();

    CommandProcessor(
            CommandIntake intake,
            CommandExecution execution,
            CascadeExecution cascades,
            OutputEncoder encoder,
            TopicCatalogue topics,
            InstantSource clock,
            Duration idempotencyRetention,
            WaitingTasks waiting,
            ThreadAgendas agendas,
            ProcessorMetrics metrics) {
        this.intake = intake;
        this.execution = execution;
        this.cascades = cascades;
        this.encoder = encoder;
        this.topics = topics;
        this.clock = clock;
        this.idempotencyRetention = idempotencyRetention;
        this.waiting = waiting;
        this.agendas = agendas;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        outbox = new Outbox(context, topics.commands(), Sink.DEAD_LETTERS, clock, metrics);
        claimAnswers = new InternalIntake<>(
                ClaimAnswer.class, new Outbox(context, topics.claimAnswers(), Sink.DEAD_LETTERS, clock, metrics));
        CustomerStore customers = new CustomerStore(context.getStateStore(CustomerStore.name()));
        DueIndex due = new DueIndex(context.getStateStore(DueIndex.name()));
        SubordinateStore subordinates = new SubordinateStore(
                context.getStateStore(SubordinateStore.name()), new StoreCodec<>(KeptSubordinate.class));
        OpenCascades openCascades = new OpenCascades(context.getStateStore(OpenCascades.name()));
        CustomerBooks books = new CustomerBooks(customers, due, subordinates, openCascades);
        Desk desk = new Desk(
                execution,
                clock,
                books,
                new RequestStore(context.getStateStore(RequestStore.name()), idempotencyRetention),
                outbox,
                metrics);
        registrations = new Registrations(
                desk, new WaitingCommands(context.getStateStore(WaitingCommands.name())), encoder, outbox, clock);
        leave();
        Backlog ahead = new Backlog(due, openCascades);
        metrics.addTask(ahead);
        backlog = Optional.of(ahead);
        Punctuation timed = new Punctuation(
                context,
                agendas.current(),
                clock,
                List.of(
                        new Reindexing(context.taskId(), due, execution, customers),
                        new DueChanges(due, desk, metrics),
                        new Cascades(cascades, books, openCascades, subordinates, outbox, metrics)),
                ahead::tell);
        punctuation = Optional.of(timed);
        parked = new ParkedCommands(context.getStateStore(ParkedCommands.name()));
        parkedSchedule = Optional.empty();
        timed.schedule();
        schedule();
    }

    @Override
    public void close() {
        waiting.remove(context.taskId());
        leave();
    }

    private void leave() {
        punctuation.ifPresent(Punctuation::close);
        backlog.ifPresent(metrics::removeTask);
        parkedSchedule.ifPresent(Cancellable::cancel);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        ReceivedCommand received = new ReceivedCommand(
                record.key(), record.value(), record.headers(), record.timestamp(), metadata.offset());
        if (metadata.topic().equals(topics.claimAnswers().name())) {
            claimAnswers.read(received).ifPresent(registrations::answered);
        } else {
            commanded(received);
        }
        punctuation.ifPresent(Punctuation::schedule);
        if (agendas.current().recordTaken()) {
            context.commit();
        }
    }

    private void commanded(ReceivedCommand received) {
        // What is too large to be a command is too large to be parked, too; it has no place in the line to lose.
        if ((parked.isEmpty() || CommandIntake.isTooLarge(received)) && handled(received, PATIENCE)) {
            return;
        }
        parked.add(received);
        takeParked(PARKED_PER_ARRIVAL);
    }

    /** Takes waiting commands in their order, until one still has to wait, and sees to it that the rest is taken. */
    private void takeParked(int most) {
        Allowance allowance = agendas.current().moment();
        for (int taken = 0; taken < most && (taken == 0 || !allowance.isSpent()); taken++) {
            Optional<ReceivedCommand> next = parked.first();
            if (next.isEmpty() || !handled(next.get(), Duration.ZERO)) {
                break;
            }
            parked.removeFirst();
        }
        schedule();
    }

    private void parkedAgain() {
        takeParked(PARKED_BATCH);
        context.commit();
        punctuation.ifPresent(Punctuation::schedule);
    }

    private void schedule() {
        boolean isWaiting = parked.first().isPresent();
        if (isWaiting && parkedSchedule.isEmpty()) {
            LOG.warn("Task {}: commands wait for the registry", context.taskId());
            waiting.add(context.taskId());
            parkedSchedule = Optional.of(
                    context.schedule(PARKED_INTERVAL, PunctuationType.WALL_CLOCK_TIME, timestamp -> parkedAgain()));
        } else if (!isWaiting && parkedSchedule.isPresent()) {
            LOG.info("Task {}: no command waits for the registry any more", context.taskId());
            waiting.remove(context.taskId());
            parkedSchedule.get().cancel();
            parkedSchedule = Optional.empty();
        }
    }

    /** Whether the command is done with; otherwise nothing has happened, and it must be tried again. */
    private boolean handled(ReceivedCommand received, Duration patience) {
        Processing measured = metrics.processing();
        Intake read = intake.read(received, context.taskId().partition(), patience);
        if (read instanceof AwaitsSchema) {
            return false;
        }
        if (read instanceof Unanswerable unanswerable) {
            outbox.deadLetter(received, unanswerable.reason(), unanswerable.message());
        } else {
            registrations.take(received, ((Understood) read).command());
            measured.done();
        }
        return true;
    }
}
