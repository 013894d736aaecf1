package dev.standing.processor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that dies: another takes its place, since most causes pass (a broker away, a store
 * that has to be restored); but if they die again and again, the processor stops, so that whoever runs it learns of it.
 * Nothing is lost either way: the transaction of a thread that dies is aborted.
 */
final class FailureBudget implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailureBudget.class);
    private static final int MOST = 20;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    /** A thread that dies again and again does so within this time: it is restarted after some seconds. */
    private static final Duration RECENT = Duration.ofSeconds(60);

    private final String whose;
    private final InstantSource clock;
    private final Deque<Instant> failures = new ArrayDeque<>();
    private String latest = "";

    /**
     * A budget that is not spent.
     *
     * @param whose what stops when it is, for people
     */
    FailureBudget(String whose, InstantSource clock) {
        this.whose = whose;
        this.clock = clock;
    }

    /** What a thread died of within the last minute; empty if none did. */
    synchronized Optional<String> recent() {
        return failures.isEmpty() || failures.getLast().isBefore(clock.instant().minus(RECENT))
                ? Optional.empty()
                : Optional.of(latest);
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
        Instant now = clock.instant();
        failures.addLast(now);
        latest = exception.toString();
        while (failures.getFirst().isBefore(now.minus(WITHIN))) {
            failures.removeFirst();
        }
        if (failures.size() > MOST) {
            LOG.error("More than {} stream threads died within {}: {} stops", MOST, WITHIN, whose, exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("A stream thread of {} died; another takes its place", whose, exception);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
