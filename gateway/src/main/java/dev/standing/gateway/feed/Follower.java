package dev.standing.gateway.feed;

import dev.standing.gateway.http.OpenStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One client of the feed. It gets events from the recent ones, or, where it is further back than these, from the log;
 * never more at a time than it takes, so that little waits for it. What it gets, and what not, follows from its own
 * position alone: whoever brings an event, and when, nothing is left out and nothing comes twice.
 *
 * <p>Safe for use by many threads, none of which it holds.
 */
final class Follower {

    private static final String RETRY = "retry: 2000\n";
    private static final String COMMENT = ":\n\n";
    private static final int SLICE = 64;

    private final OpenStream out;
    private final Interest interest;
    private final RecentEvents recent;
    private final Consumer<Follower> catchUp;
    private final Executor resuming;
    private final LongSupplier nanos;

    /** Behind all that the client has got. */
    private FeedPosition position;
    /** What the client takes for its position. */
    private FeedPosition told;
    /** Which of the recent events comes next; empty: it is not among these. */
    private OptionalLong cursor = OptionalLong.empty();

    private boolean catchingUp;
    private boolean waitsForClient;
    private boolean ended;
    private long lastProgress;

    /**
     * Makes one.
     *
     * @param position where it goes on
     * @param catchUp is asked to read for it in the log, and must not block
     * @param resuming goes on when the client has taken what waited
     * @param nanos the time, for heartbeats
     */
    Follower(
            OpenStream out,
            FeedPosition position,
            Interest interest,
            RecentEvents recent,
            Consumer<Follower> catchUp,
            Executor resuming,
            LongSupplier nanos) {
        this.out = out;
        this.position = position;
        this.told = position;
        this.interest = interest;
        this.recent = recent;
        this.catchUp = catchUp;
        this.resuming = resuming;
        this.nanos = nanos;
    }

    /** Tells the client where it is, so that it can come back there whenever it is cut off, and goes on. */
    synchronized void begin() {
        write(RETRY + id());
        proceed();
    }

    /** Goes on as far as it can for now. */
    synchronized void proceed() {
        while (!ended && !waitsForClient && !catchingUp && recent.head().isPresent()) {
            if (cursor.isEmpty()) {
                cursor = recent.join(position, interest);
            }
            if (cursor.isEmpty()) {
                catchingUp = true;
                catchUp.accept(this);
                return;
            }
            Optional<RecentEvents.Slice> slice = recent.from(cursor.getAsLong(), SLICE);
            if (slice.isEmpty()) {
                cursor = OptionalLong.empty();
            } else if (pass(slice.get()) && slice.get().entries().size() < SLICE) {
                return;
            }
        }
    }

    /** Passes events on, and returns whether the client took them all. */
    private boolean pass(RecentEvents.Slice slice) {
        for (RecentEvents.Entry entry : slice.entries()) {
            FeedPosition after = position.furthest(entry.after());
            if (isNew(entry) && interest.includes(entry.key())) {
                // Most are where all the others are: one text serves them all.
                boolean isWithAll = after.equals(entry.after());
                if (!send(isWithAll ? entry.message() : entry.event().message(after), after)) {
                    return false;
                }
            }
            position = after;
            cursor = OptionalLong.of(cursor.getAsLong() + 1);
        }
        position = position.furthest(slice.after());
        return true;
    }

    private boolean isNew(RecentEvents.Entry entry) {
        return entry.offset() >= position.next(entry.partition());
    }

    /** Where it is: all before is with the client, as far as it wants it. */
    synchronized FeedPosition position() {
        return position;
    }

    /** What it wants. */
    Interest interest() {
        return interest;
    }

    /**
     * Gives it the next event of a partition that was read in the log for it.
     *
     * @return whether it can take more; if not, the event is to be read again later
     */
    synchronized boolean offer(FeedEvent event) {
        FeedPosition after = position.with(event.partition(), event.offset() + 1);
        if (ended || !send(event.message(after), after)) {
            return false;
        }
        position = after;
        return true;
    }

    /** Nothing more that it wants comes before an offset. */
    synchronized void skipTo(int partition, long offset) {
        if (offset > position.next(partition)) {
            position = position.with(partition, offset);
        }
    }

    /** Nobody reads in the log for it any more. */
    synchronized void caughtUp() {
        catchingUp = false;
        proceed();
    }

    /** Sends an event, or returns false if the client does not take more for now, or ever. */
    private boolean send(String message, FeedPosition after) {
        if (!isWritable()) {
            return false;
        }
        write(message);
        told = after;
        return !ended;
    }

    private boolean isWritable() {
        if (out.isWritable(() -> resuming.execute(this::resume))) {
            return true;
        }
        waitsForClient = true;
        lastProgress = nanos.getAsLong();
        return false;
    }

    private synchronized void resume() {
        waitsForClient = false;
        proceed();
    }

    private void write(String text) {
        lastProgress = nanos.getAsLong();
        ended |= !out.write(text);
    }

    /**
     * Sees to the time: a client that has heard nothing for long hears that it is still connected, and where it is; one
     * that has taken nothing for long is dropped.
     */
    synchronized void tick(Duration heartbeat, Duration patience) {
        long silence = nanos.getAsLong() - lastProgress;
        if (ended) {
            return;
        }
        if (waitsForClient) {
            if (silence >= patience.toNanos()) {
                end();
            }
        } else if (silence >= heartbeat.toNanos() && isWritable()) {
            write(position.equals(told) ? COMMENT : id());
            told = position;
        }
    }

    /** A message without data, which sets the client's position, and is not seen by it (WHATWG HTML, section 9.2.6). */
    private String id() {
        return "id: " + position + "\n\n";
    }

    /** Ends it. The client comes back, if it wants, from where it was. */
    synchronized void end() {
        ended = true;
        out.end();
    }
}
