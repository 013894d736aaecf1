package dev.standing.gateway.feed;

import dev.standing.gateway.feed.EventLog.Batch;
import dev.standing.gateway.feed.EventLog.Reader;
import dev.standing.registry.RegistryException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what comes new to the log, decodes it once for all, and has the followers go on. For use by one thread, but for
 * {@link #wakeUp}. It outlives whatever passes: neither Kafka nor the registry being away loses it an event.
 */
final class Tail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration WAIT = Duration.ofMillis(500);

    /** So many events go to the recent ones before the followers go on: much less than are kept there. */
    private static final int GROUP = 50;

    private final EventLog log;
    private final EventRendering rendering;
    private final RecentEvents recent;
    private final Followers followers;
    private final Runnable pause;
    private Optional<Reader> reader = Optional.empty();
    private volatile Optional<Reader> reading = Optional.empty();
    private volatile boolean stopping;

    /**
     * Makes one.
     *
     * @param pause lets some time pass when Kafka or the registry are away
     */
    Tail(EventLog log, EventRendering rendering, RecentEvents recent, Followers followers, Runnable pause) {
        this.log = log;
        this.rendering = rendering;
        this.recent = recent;
        this.followers = followers;
        this.pause = pause;
    }

    /** Reads once, for half a second at most, or for some seconds if Kafka or the registry are away. */
    void step() {
        try {
            Reader open = reader.isPresent() ? reader.get() : open();
            take(open.read(WAIT));
        } catch (OffsetOutOfRangeException e) {
            LOG.error("The log does not have the place any more that was read to: whoever follows has to come back", e);
            rest();
            followers.endAll();
        } catch (RuntimeException e) {
            // Whatever it is, a new reader goes on behind the last event that was taken.
            if (!stopping) {
                LOG.warn("New events cannot be read for the moment", e);
                discard();
                pause.run();
            }
        }
    }

    private Reader open() {
        if (recent.head().isEmpty()) {
            recent.begin(log.extent().join().end());
            followers.proceed();
        }
        Reader opened = log.reader();
        reader = Optional.of(opened);
        reading = reader;
        opened.seek(
                recent.head().orElseThrow(),
                IntStream.range(0, log.partitions()).boxed().toList());
        return opened;
    }

    private void take(Batch batch) {
        int waiting = 0;
        for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
            Optional<FeedEvent> event = render(record);
            if (event.isEmpty()) {
                return;
            }
            recent.append(event.get());
            waiting++;
            if (waiting == GROUP) {
                followers.proceed();
                waiting = 0;
            }
        }
        recent.advance(batch.next());
        if (!batch.records().isEmpty()) {
            followers.proceed();
        }
    }

    /** Waits for the registry for as long as it takes; empty if the feed ends meanwhile. */
    private Optional<FeedEvent> render(ConsumerRecord<byte[], byte[]> record) {
        while (!stopping) {
            try {
                return Optional.of(rendering.render(record));
            } catch (RegistryException e) {
                LOG.warn("New events cannot be decoded for the moment", e);
                pause.run();
            }
        }
        return Optional.empty();
    }

    /** Reads no more, and forgets what it read. The next step begins anew, at the end of the log. */
    void rest() {
        discard();
        recent.clear();
    }

    private void discard() {
        reading = Optional.empty();
        reader.ifPresent(Reader::close);
        reader = Optional.empty();
    }

    /** Has a step end soon; it is the last one. */
    void wakeUp() {
        stopping = true;
        reading.ifPresent(Reader::wakeUp);
    }

    /** Ends it, after the last step. */
    @Override
    public void close() {
        discard();
    }
}
