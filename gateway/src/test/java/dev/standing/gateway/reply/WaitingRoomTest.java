package dev.standing.gateway.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration NONE = Duration.ofMillis(1);

    @Test
    void onlySoManyWaitAtATime() {
        try (WaitingRoom room = new WaitingRoom(1, LONG)) {
            WaitingRoom.Place place = room.enter("a", Optional.empty()).orElseThrow();
            assertThat(room.enter("b", Optional.empty())).isEmpty();

            place.waiter().complete(new Reply.Unreadable());

            assertThat(place.reply()).isCompletedWithValue(new Reply.Unreadable());
            assertThat(room.waitingFor("a")).isEmpty();
            assertThat(room.enter("b", Optional.empty())).isPresent();
        }
    }

    @Test
    void onlyWhatKafkaHasIsPromisedWhenPatienceEnds() {
        try (WaitingRoom room = new WaitingRoom(2, NONE)) {
            WaitingRoom.Place unconfirmed = room.enter("a", Optional.empty()).orElseThrow();

            assertThat(unconfirmed.reply().join()).isEqualTo(new Reply.PerhapsTaken());
        }
    }

    @Test
    void whoeverStillWaitsAtTheEndIsToldWhatIsKnown() {
        WaitingRoom room = new WaitingRoom(2, LONG);
        WaitingRoom.Place confirmed = room.enter("a", Optional.empty()).orElseThrow();
        WaitingRoom.Place unconfirmed = room.enter("b", Optional.empty()).orElseThrow();
        confirmed.waiter().acknowledge();

        room.awaitEmpty(NONE);
        room.close();

        assertThat(confirmed.reply()).isCompletedWithValue(new Reply.Unanswered());
        assertThat(unconfirmed.reply()).isCompletedWithValue(new Reply.PerhapsTaken());
    }
}
