package dev.standing.bench.load;

import dev.standing.avro.CustomerCommand;
import dev.standing.avro.ResultStatus;
import dev.standing.bench.load.Answers.Answer;
import dev.standing.bench.measure.Distribution;
import dev.standing.bench.platform.TestBed;
import dev.standing.bench.platform.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Sends commands at a fixed rate, however long their answers take: as customers do, who know nothing of each other. A
 * command's latency counts from when it was due to be sent, so that one which could not be sent because others were slow
 * is as slow as it is for whoever waits for it.
 */
public final class OpenLoop implements AutoCloseable {

    private static final String ID = "load-";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Pace pace;
    private final LongFunction<CustomerCommand> nth;
    private final Answers answers;
    private final Answers.Subscription subscription;
    private final CommandSender sender;
    private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unexpected = new AtomicLong();
    private final Thread thread = new Thread(this::send, "bench-open-loop");
    private volatile boolean stopping;
    private volatile long sent;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    private OpenLoop(TestBed bed, Answers answers, int perSecond, LongFunction<CustomerCommand> nth) {
        this.answers = answers;
        this.nth = nth;
        this.sender = CommandSender.prompt(bed);
        this.subscription = answers.subscribe(this::answered);
        this.pace = new Pace(System.nanoTime(), perSecond);
    }

    private record Sample(long dueNanos, long nanos) {}

    /**
     * Begins to send.
     *
     * @param nth the nth command; its commandId is {@link #commandId}
     */
    public static OpenLoop start(TestBed bed, Answers answers, int perSecond, LongFunction<CustomerCommand> nth) {
        OpenLoop loop = new OpenLoop(bed, answers, perSecond, nth);
        loop.thread.start();
        return loop;
    }

    /** The commandId that the nth command must have. */
    public static String commandId(long nth) {
        return ID + nth;
    }

    /**
     * Sends no more, and waits for the answers to what was sent.
     *
     * @throws IllegalStateException if there are commands that are not answered, or not with APPLIED
     */
    public void stop() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while measuring", e);
        }
        failure.ifPresent(cause -> {
            throw new IllegalStateException("Commands could not be sent", cause);
        });
        Waiting.until("all commands are answered", PATIENCE, () -> {
            answers.requireNoFailure();
            return answered.get() == sent;
        });
        if (unexpected.get() > 0) {
            throw new IllegalStateException(unexpected + " commands were not applied");
        }
    }

    /** The latencies of the commands that were due to be sent from then on, and before then, by {@link System#nanoTime}. */
    public Distribution latencies(long fromNanos, long beforeNanos) {
        Distribution latencies = new Distribution();
        samples.stream()
                .filter(sample -> sample.dueNanos() - fromNanos >= 0 && sample.dueNanos() - beforeNanos < 0)
                .forEach(sample -> latencies.add(sample.nanos()));
        return latencies;
    }

    private void send() {
        try {
            for (long i = 0; !stopping; i++) {
                for (long left = pace.due(i) - System.nanoTime(); left > 0; left = pace.due(i) - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                sent = i + 1;
                sender.send(nth.apply(i));
            }
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    private void answered(Answer answer) {
        if (!answer.commandId().startsWith(ID)) {
            return;
        }
        long due = pace.due(Long.parseLong(answer.commandId().substring(ID.length())));
        samples.add(new Sample(due, answer.seenNanos() - due));
        if (answer.status() != ResultStatus.APPLIED) {
            unexpected.incrementAndGet();
        }
        answered.incrementAndGet();
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        subscription.close();
        sender.close();
    }
}
