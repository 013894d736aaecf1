package dev.standing.gateway.feed;

import dev.standing.gateway.http.OpenStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who follow now, of whom there are so many at most. Safe for use by many threads. */
final class Followers {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    private final Set<Follower> all = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final int most;
    private volatile boolean closed;

    Followers(int most) {
        this.most = most;
    }

    /** Lets one more begin, until its stream ends; or ends the stream, if there are too many. */
    void enter(Follower follower, OpenStream out) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            out.end();
            return;
        }
        all.add(follower);
        out.whenEnded(() -> {
            if (all.remove(follower)) {
                count.decrementAndGet();
            }
        });
        if (closed) {
            follower.end();
        } else {
            follower.begin();
        }
    }

    /** How many there are. */
    int size() {
        return count.get();
    }

    /** Whether there can be no more. */
    boolean isFull() {
        return count.get() >= most;
    }

    /** Has all go on as far as they can. */
    void proceed() {
        all.forEach(Followers::proceed);
    }

    /** One that fails harms no other. */
    private static void proceed(Follower follower) {
        try {
            follower.proceed();
        } catch (RuntimeException e) {
            LOG.error("A follower of the feed could not be given what is new; its stream ends", e);
            follower.end();
        }
    }

    /** Sees to the time of all. */
    void tick(Duration heartbeat, Duration patience) {
        all.forEach(follower -> follower.tick(heartbeat, patience));
    }

    /** Ends all that there are. */
    void endAll() {
        all.forEach(Follower::end);
    }

    /** Ends all, and all that come. */
    void close() {
        closed = true;
        endAll();
    }
}
