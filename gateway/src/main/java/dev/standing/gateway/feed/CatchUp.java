package dev.standing.gateway.feed;

import dev.standing.gateway.feed.EventLog.Batch;
import dev.standing.gateway.feed.EventLog.Reader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads in the log for followers that are further back than the recent events. Each has short turns, as many as it needs
 * and as its client takes; between two of them it holds neither a thread nor a consumer. Safe for use by many threads.
 */
final class CatchUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final long TURN_NANOS = Duration.ofMillis(100).toNanos();

    private final EventLog log;
    private final EventRendering rendering;
    private final RecentEvents recent;
    private final LongSupplier nanos;
    private final Runnable pause;
    private final Deque<Reader> idle = new ArrayDeque<>();
    private final Set<Reader> busy = new HashSet<>();
    private boolean closed;

    /**
     * Makes one.
     *
     * @param pause lets some time pass when Kafka or the registry are away
     */
    CatchUp(EventLog log, EventRendering rendering, RecentEvents recent, LongSupplier nanos, Runnable pause) {
        this.log = log;
        this.rendering = rendering;
        this.recent = recent;
        this.nanos = nanos;
        this.pause = pause;
    }

    /** Gives a follower a turn, which holds the thread for a moment, or for some seconds if Kafka or the registry are away. */
    void turn(Follower follower) {
        try {
            turnWithReader(follower);
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("The log does not have the place of a follower any more, which is dropped", e);
            follower.end();
        } catch (RuntimeException e) {
            // Whatever it is, a new reader goes on behind the last event that the follower got.
            LOG.warn("Older events cannot be read for the moment", e);
            pause.run();
        }
        follower.caughtUp();
    }

    private void turnWithReader(Follower follower) {
        Optional<Reader> reader = take();
        if (reader.isEmpty()) {
            return;
        }
        boolean fit = false;
        try {
            readFor(follower, reader.get());
            fit = true;
        } finally {
            giveBack(reader.get(), fit);
        }
    }

    private synchronized Optional<Reader> take() {
        if (closed) {
            return Optional.empty();
        }
        Reader reader = idle.isEmpty() ? log.reader() : idle.pop();
        busy.add(reader);
        return Optional.of(reader);
    }

    private void giveBack(Reader reader, boolean fit) {
        boolean kept;
        synchronized (this) {
            busy.remove(reader);
            kept = fit && !closed;
            if (kept) {
                idle.push(reader);
            }
        }
        if (!kept) {
            reader.close();
        }
    }

    private void readFor(Follower follower, Reader reader) {
        Optional<FeedPosition> target = recent.head();
        if (target.isEmpty()) {
            return;
        }
        FeedPosition from = follower.position();
        List<Integer> lacking = from.lacking(target.get(), follower.interest());
        if (lacking.isEmpty()) {
            return;
        }
        reader.seek(from, lacking);
        long begun = nanos.getAsLong();
        boolean goesOn = true;
        while (goesOn && nanos.getAsLong() - begun < TURN_NANOS) {
            FeedPosition before = follower.position();
            goesOn = pass(reader.read(WAIT), follower)
                    && !follower.position().equals(before)
                    && !follower.position().reaches(target.get(), follower.interest());
        }
    }

    /** Passes on what was read, and returns whether the follower can take more. */
    private boolean pass(Batch batch, Follower follower) {
        for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
            if (!follower.interest().includes(record.key())) {
                follower.skipTo(record.partition(), record.offset() + 1);
            } else if (!follower.offer(rendering.render(record))) {
                return false;
            }
        }
        batch.next().forEach(follower::skipTo);
        return true;
    }

    /** Closes the readers that nobody needs now. */
    void rest() {
        List<Reader> unused;
        synchronized (this) {
            unused = List.copyOf(idle);
            idle.clear();
        }
        unused.forEach(Reader::close);
    }

    /** Ends all turns soon. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            busy.forEach(Reader::wakeUp);
        }
        rest();
    }
}
