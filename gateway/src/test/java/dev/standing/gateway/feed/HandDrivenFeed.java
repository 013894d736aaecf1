package dev.standing.gateway.feed;

import dev.standing.gateway.feed.Admission.Admitted;
import dev.standing.gateway.feed.Admission.Refused;
import dev.standing.gateway.http.OpenStream;
import dev.standing.gateway.http.Problem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A gateway's feed without threads: whatever they would do next is done when the test says so. */
final class HandDrivenFeed {

    private final RecentEvents recent;
    private final Followers followers;
    private final CatchUp catchUp;
    private final Tail tail;
    private final Reception reception;
    private final Deque<Runnable> turns = new ArrayDeque<>();
    private final Deque<Runnable> resumptions = new ArrayDeque<>();
    private long nanos;

    HandDrivenFeed(FakeLog log, int maxStreams, int recentEvents) {
        recent = new RecentEvents(recentEvents, Integer.MAX_VALUE);
        followers = new Followers(maxStreams);
        // Time passes so fast that every turn ends after one reading.
        catchUp = new CatchUp(log, log::render, recent, () -> nanos += 60_000_000, () -> {});
        tail = new Tail(log, log::render, recent, followers, () -> {});
        reception =
                new Reception(log, recent, followers, (position, interest) -> out -> enter(out, position, interest));
    }

    private void enter(OpenStream out, FeedPosition position, Interest interest) {
        followers.enter(
                new Follower(out, position, interest, recent, this::readFor, resumptions::add, () -> nanos), out);
    }

    private void readFor(Follower follower) {
        turns.add(() -> catchUp.turn(follower));
    }

    Admission admit(Optional<String> lastEventId, Optional<String> customerId) {
        return reception.admit(lastEventId, customerId).join();
    }

    /** Lets one in who has to be let in. */
    void follow(OpenStream out, Optional<String> lastEventId, Optional<String> customerId) {
        Admission admission = admit(lastEventId, customerId);
        if (!(admission instanceof Admitted admitted)) {
            throw new AssertionError("not admitted: " + admission);
        }
        admitted.follow().accept(out);
    }

    /** Turns one away who has to be turned away. */
    Problem refuse(Optional<String> lastEventId, Optional<String> customerId) {
        Admission admission = admit(lastEventId, customerId);
        if (!(admission instanceof Refused refused)) {
            throw new AssertionError("not refused: " + admission);
        }
        return refused.problem();
    }

    int followers() {
        return followers.size();
    }

    /** The thread that reads new events reads once. */
    void readNew() {
        tail.step();
    }

    /** The thread that reads new events ceases to. */
    void rest() {
        tail.rest();
    }

    /** A thread that reads older events gives a turn, if somebody waits for one. */
    void readOlder() {
        Optional.ofNullable(turns.poll()).ifPresent(Runnable::run);
    }

    /** Somebody goes on whose client has read. */
    void resume() {
        Optional.ofNullable(resumptions.poll()).ifPresent(Runnable::run);
    }

    /** All goes on until nothing is left to do for now. */
    void settle() {
        for (int i = 0; i < 10 || !turns.isEmpty() || !resumptions.isEmpty(); i++) {
            readNew();
            readOlder();
            resume();
        }
    }
}
