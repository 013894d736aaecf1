package dev.standing.gateway.feed;

import dev.standing.avro.CustomerEvent;
import dev.standing.gateway.http.OpenStream;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.topics.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live feed: the committed events as they come, as Server-Sent Events (WHATWG HTML, section 9.2). Whoever comes back
 * with the id of the last event that it got, to this gateway or to another, goes on behind it: nothing is left out, and
 * nothing comes twice. The events of a customer come in their order; between customers there is none.
 *
 * <p>Safe for use by many threads. One thread reads new events, and only while somebody follows; a few read older ones
 * for those who are behind; none waits for a client.
 */
public final class EventFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();
    private static final Duration READERS_REST = Duration.ofMinutes(1);
    private static final int TICKS_PER_HEARTBEAT = 5;
    private static final Duration CLOSE = Duration.ofMillis(400);

    private final EventLog log;
    private final FeedSettings settings;
    private final RecentEvents recent;
    private final Followers followers;
    private final CatchUp catchUp;
    private final Tail tail;
    private final Reception reception;
    private final ThreadPoolExecutor readers;
    private final ScheduledThreadPoolExecutor clock;
    private final Thread tailing;
    private final Semaphore arrivals = new Semaphore(0);
    private volatile boolean stopping;

    private EventFeed(EventLog log, EventRendering rendering, FeedSettings settings) {
        this.log = log;
        this.settings = settings;
        this.recent = new RecentEvents(settings.recentEvents(), settings.recentBytes());
        this.followers = new Followers(settings.maxStreams());
        this.catchUp = new CatchUp(log, rendering, recent, System::nanoTime, EventFeed::pause);
        this.tail = new Tail(log, rendering, recent, followers, EventFeed::pause);
        this.reception = new Reception(log, recent, followers, this::entrance);
        this.readers = new ThreadPoolExecutor(
                settings.readers(),
                settings.readers(),
                READERS_REST.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // Each follower is in it once at most.
                daemons("gateway-feed-older"),
                new ThreadPoolExecutor.DiscardPolicy());
        readers.allowCoreThreadTimeOut(true);
        this.clock = new ScheduledThreadPoolExecutor(
                1, daemons("gateway-feed-clock"), new ThreadPoolExecutor.DiscardPolicy());
        this.tailing = daemons("gateway-feed").newThread(this::run);
    }

    private static ThreadFactory daemons(String name) {
        return runnable -> {
            Thread thread = new Thread(runnable, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /**
     * Starts a feed. Nothing is read before somebody follows, and Kafka need not be there.
     *
     * @param kafka settings of all Kafka clients
     * @param registry stays the caller's to close
     * @throws org.apache.kafka.common.KafkaException if the settings of the clients are unusable
     */
    public static EventFeed start(
            Map<String, String> kafka, SchemaRegistryClient registry, TopicCatalogue topics, FeedSettings settings) {
        return start(
                KafkaEventLog.open(kafka, topics.events().name(), topics.partitions()),
                new EventMessages(new AvroDeserializer<>(registry, CustomerEvent.class, false)),
                settings);
    }

    /** As above, from a log that is from now on the feed's to close. */
    static EventFeed start(EventLog log, EventRendering rendering, FeedSettings settings) {
        EventFeed feed = new EventFeed(log, rendering, settings);
        feed.tailing.start();
        Duration tick = settings.heartbeat().dividedBy(TICKS_PER_HEARTBEAT);
        feed.every(tick, () -> feed.followers.tick(settings.heartbeat(), settings.patience()));
        feed.every(READERS_REST, feed.catchUp::rest);
        return feed;
    }

    /**
     * Decides whether somebody may follow. Has to be asked before the stream is opened, so that a refusal can have a
     * status of its own.
     *
     * @param lastEventId the header {@code Last-Event-ID}: behind which event to go on; {@code earliest}: with the first
     *     that is kept; empty: from now on. An id is good for the query that it was got with: whoever asks for one
     *     customer's events gets ids that pass over everybody else's.
     * @param customerId whose events are wanted; empty: everybody's
     * @return the decision, within a few seconds; never completed exceptionally
     */
    public CompletableFuture<Admission> admit(Optional<String> lastEventId, Optional<String> customerId) {
        return reception.admit(lastEventId, customerId);
    }

    private Consumer<OpenStream> entrance(FeedPosition position, Interest interest) {
        return out -> {
            Follower follower = new Follower(out, position, interest, recent, this::readFor, clock, System::nanoTime);
            followers.enter(follower, out);
            arrivals.release();
        };
    }

    private void readFor(Follower follower) {
        readers.execute(() -> catchUp.turn(follower));
    }

    /** How many follow now. */
    public int followers() {
        return followers.size();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It never ends but with the feed.
    private void every(Duration period, Runnable action) {
        Runnable guarded = () -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.error("The feed's clock goes on, but what was due failed", e);
            }
        };
        clock.scheduleWithFixedDelay(guarded, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run() {
        long wanted = System.nanoTime() - settings.linger().toNanos();
        while (!stopping) {
            if (followers.size() > 0) {
                wanted = System.nanoTime();
            }
            if (System.nanoTime() - wanted < settings.linger().toNanos()) {
                tail.step();
            } else {
                tail.rest();
                awaitFollower();
            }
        }
        tail.close();
    }

    private void awaitFollower() {
        arrivals.drainPermits();
        if (followers.size() == 0 && !stopping) {
            arrivals.acquireUninterruptibly();
        }
    }

    /** Ends all streams, and all connections to Kafka, within a second. */
    @Override
    public void close() {
        stopping = true;
        followers.close();
        catchUp.close();
        tail.wakeUp();
        arrivals.release();
        // No thread is interrupted: it could not close its consumer.
        clock.shutdown();
        readers.shutdown();
        try {
            tailing.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
    }
}
