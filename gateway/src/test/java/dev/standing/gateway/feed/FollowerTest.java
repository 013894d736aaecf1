package dev.standing.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HELLO = "retry: 2000\nid: 0.0\n\n";

    private final RecentEvents recent = new RecentEvents(4, Integer.MAX_VALUE);
    private final List<Follower> behind = new ArrayList<>();
    private final Deque<Runnable> resumptions = new ArrayDeque<>();
    private final RecordingStream stream = RecordingStream.ofFastClient();
    private long nanos;

    @BeforeEach
    void begin() {
        recent.begin(FeedPosition.of(0, 0));
    }

    @Test
    void theFirstThatAClientHearsIsWhereItIs() {
        follow(stream, Interest.inEverything()).begin();

        assertThat(stream.text()).isEqualTo(HELLO);
        assertThat(stream.events().events()).isEmpty();
        assertThat(stream.events().lastId()).isEqualTo("0.0");
    }

    @Test
    void anEventComesWithThePositionBehindItItsTypeAndItsData() {
        Follower follower = follow(stream, Interest.inEverything());
        follower.begin();
        append(1, 0, "c-1");
        follower.proceed();

        assertThat(stream.text()).isEqualTo(HELLO + "id: 0.1\nevent: E\ndata: 1@0\n\n");
        assertThat(stream.events().events()).containsExactly(new ServerSentEvents.Event("0.1", "E", "1@0"));
    }

    @Test
    void oneThatIsAheadOfTheOthersInAPartitionKeepsItsOwnPosition() {
        Follower follower = follow(stream, FeedPosition.of(0, 2), Interest.inEverything());
        follower.begin();
        append(0, 0, "c-2");
        append(1, 1, "c-1");
        append(1, 2, "c-1");
        follower.proceed();

        assertThat(stream.events().events())
                .extracting(ServerSentEvents.Event::id, ServerSentEvents.Event::data)
                .containsExactly(tuple("1.2", "0@0"), tuple("1.3", "1@2"));
    }

    @Test
    void oneThatWantsACustomerHearsNothingOfTheOthers() {
        Follower follower = follow(stream, Interest.inCustomer("c-1", 2));
        follower.begin();
        append(0, 0, "c-2");
        append(0, 1, "c-1");
        append(0, 2, "c-3");
        follower.proceed();

        assertThat(stream.events().data()).containsExactly("0@1");
        assertThat(follower.position()).isEqualTo(FeedPosition.of(3, 0));
    }

    @Test
    void silenceIsBrokenByACommentOrByThePositionIfThatHasMoved() {
        Follower follower = follow(stream, Interest.inCustomer("c-1", 2));
        follower.begin();
        tickAfter(HEARTBEAT.minusNanos(1), follower);
        assertThat(stream.text()).isEqualTo(HELLO);

        tickAfter(Duration.ofNanos(1), follower);
        assertThat(stream.text()).isEqualTo(HELLO + ":\n\n");

        append(0, 0, "c-2");
        follower.proceed();
        tickAfter(HEARTBEAT, follower);
        tickAfter(HEARTBEAT, follower);
        assertThat(stream.text()).isEqualTo(HELLO + ":\n\nid: 1.0\n\n:\n\n");
        assertThat(stream.events().events()).isEmpty();
    }

    @Test
    void aClientThatTakesNothingForLongIsDroppedAndTheOthersGoOn() {
        RecordingStream deaf = new RecordingStream(1);
        Follower dead = follow(deaf, Interest.inEverything());
        Follower alive = follow(stream, Interest.inEverything());
        dead.begin();
        alive.begin();
        append(0, 0, "c-1");
        dead.proceed();
        alive.proceed();

        tickAfter(PATIENCE.minusNanos(1), dead, alive);
        assertThat(deaf.isEnded()).isFalse();
        tickAfter(Duration.ofNanos(1), dead, alive);

        assertThat(deaf.isEnded()).isTrue();
        assertThat(deaf.text()).isEqualTo(HELLO);
        assertThat(stream.isEnded()).isFalse();
        append(0, 1, "c-1");
        alive.proceed();
        assertThat(stream.events().data()).containsExactly("0@0", "0@1");
    }

    @Test
    void aDeadClientIsFoundByHeartbeatsAlone() {
        RecordingStream deaf = new RecordingStream(1);
        Follower dead = follow(deaf, Interest.inEverything());
        dead.begin();

        tickAfter(HEARTBEAT, dead);
        tickAfter(PATIENCE, dead);

        assertThat(deaf.text()).isEqualTo(HELLO);
        assertThat(deaf.isEnded()).isTrue();
    }

    @Test
    void nothingIsWrittenToASlowClientUntilItHasReadAndThenItGoesOn() {
        RecordingStream slow = new RecordingStream(2);
        Follower follower = follow(slow, Interest.inEverything());
        follower.begin();
        append(0, 0, "c-1");
        append(0, 1, "c-1");
        follower.proceed();
        follower.proceed();
        assertThat(slow.events().data()).containsExactly("0@0");

        slow.read();
        resumptions.remove().run();

        assertThat(slow.events().data()).containsExactly("0@0", "0@1");
    }

    @Test
    void aSlowClientThatTheRecentEventsHaveLeftBehindIsCaughtUpFromWhereItIs() {
        RecordingStream slow = new RecordingStream(1);
        Follower follower = follow(slow, Interest.inEverything());
        follower.begin();
        for (int offset = 0; offset < 5; offset++) {
            append(0, offset, "c-1");
            follower.proceed();
        }
        assertThat(behind).isEmpty();

        slow.read();
        resumptions.remove().run();

        assertThat(behind).containsExactly(follower);
        assertThat(follower.position()).isEqualTo(FeedPosition.of(0, 0));
    }

    @Test
    void oneThatIsCaughtUpGetsNothingFromElsewhereMeanwhile() {
        recent.begin(FeedPosition.of(1, 0));
        Follower follower = follow(stream, Interest.inEverything());
        follower.begin();
        append(0, 1, "c-1");
        follower.proceed();
        assertThat(stream.events().data()).isEmpty();

        assertThat(follower.offer(event(0, 0, "c-1"))).isTrue();
        follower.caughtUp();

        assertThat(behind).containsExactly(follower);
        assertThat(stream.events().data()).containsExactly("0@0", "0@1");
    }

    @Test
    void aStreamThatEndsIsLeftAlone() {
        Follower follower = follow(stream, Interest.inEverything());
        follower.begin();
        stream.end();
        append(0, 0, "c-1");
        follower.proceed();
        tickAfter(HEARTBEAT, follower);

        assertThat(stream.text()).isEqualTo(HELLO);
        assertThat(follower.offer(event(0, 1, "c-1"))).isFalse();
    }

    private Follower follow(RecordingStream out, Interest interest) {
        return follow(out, FeedPosition.of(0, 0), interest);
    }

    private Follower follow(RecordingStream out, FeedPosition from, Interest interest) {
        return new Follower(out, from, interest, recent, behind::add, resumptions::add, () -> nanos);
    }

    private void append(int partition, long offset, String customerId) {
        recent.append(event(partition, offset, customerId));
    }

    private static FeedEvent event(int partition, long offset, String customerId) {
        byte[] key = customerId.getBytes(StandardCharsets.UTF_8);
        return new FeedEvent(partition, offset, key, "event: E\ndata: " + partition + "@" + offset + "\n\n");
    }

    private void tickAfter(Duration time, Follower... followers) {
        nanos += time.toNanos();
        for (Follower follower : followers) {
            follower.tick(HEARTBEAT, PATIENCE);
        }
    }
}
