package dev.standing.bench.load;

import dev.standing.avro.CustomerCommand;
import dev.standing.avro.ResultStatus;
import dev.standing.bench.load.Answers.Answer;
import dev.standing.bench.platform.TestBed;
import dev.standing.bench.report.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;

/** Sends many commands as fast as they are answered, with a bound on those that are not yet. For one thread. */
public final class Bulk {

    private static final int IN_FLIGHT = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestBed bed;
    private final Answers answers;
    private final Progress progress;

    /** Sends to a processor, whose answers are these. */
    public Bulk(TestBed bed, Answers answers, Progress progress) {
        this.bed = bed;
        this.answers = answers;
        this.progress = progress;
    }

    /**
     * Sends the commands, and waits until all are answered. Nothing else may be answered meanwhile.
     *
     * @param name of this, for people
     * @param expected the answer that each must have
     * @return how many were answered in a second
     * @throws IllegalStateException if one is answered otherwise, or none for a long time
     */
    public double send(String name, int count, ResultStatus expected, IntFunction<CustomerCommand> nth) {
        Progress.Step step = progress.step(name, count);
        return send(count, expected, nth, step::reached);
    }

    /** The same, for few commands, of which people are not told. */
    public void send(int count, ResultStatus expected, IntFunction<CustomerCommand> nth) {
        send(count, expected, nth, answered -> {});
    }

    private double send(int count, ResultStatus expected, IntFunction<CustomerCommand> nth, LongConsumer whenAnswered) {
        Semaphore room = new Semaphore(IN_FLIGHT);
        AtomicReference<Optional<Answer>> wrong = new AtomicReference<>(Optional.empty());
        long begin = System.nanoTime();
        Answers.Subscription subscription = answers.subscribe(answer -> {
            if (answer.status() != expected) {
                wrong.compareAndSet(Optional.empty(), Optional.of(answer));
            }
            room.release();
        });
        try (CommandSender sender = CommandSender.inBulk(bed)) {
            for (int i = 0; i < count; i++) {
                acquire(room, 1);
                sender.send(nth.apply(i));
                if (i % 1_000 == 999) {
                    requireAllIsWell(wrong);
                    whenAnswered.accept(i + 1 - (IN_FLIGHT - room.availablePermits()));
                }
            }
            acquire(room, IN_FLIGHT);
        } finally {
            subscription.close();
        }
        requireAllIsWell(wrong);
        whenAnswered.accept(count);
        return count / ((System.nanoTime() - begin) / 1e9);
    }

    private void acquire(Semaphore room, int permits) {
        try {
            if (!room.tryAcquire(permits, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                answers.requireNoFailure();
                bed.requireHealthy();
                throw new IllegalStateException("No answer for " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending", e);
        }
    }

    private void requireAllIsWell(AtomicReference<Optional<Answer>> wrong) {
        answers.requireNoFailure();
        wrong.get().ifPresent(answer -> {
            throw new IllegalStateException("Another answer than expected: " + answer);
        });
    }
}
