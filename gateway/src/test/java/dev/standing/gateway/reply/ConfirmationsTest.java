package dev.standing.gateway.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ConfirmationsTest {

    private static final Duration MOMENT = Duration.ofNanos(1);

    private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos(); // It overflows under way, as it may.
    private final Confirmations confirmations = new Confirmations(() -> now);

    @Test
    void nothingSentIsNoSilence() {
        pass(Confirmations.SILENCE.multipliedBy(100));
        assertThat(confirmations.admits()).isTrue();

        confirmations.send();

        assertThat(confirmations.admits()).isTrue();
    }

    @Test
    void whoeverComesWhileNothingIsConfirmedIsTurnedAwayButForATryNowAndThen() {
        confirmations.send();
        pass(Confirmations.SILENCE.minus(MOMENT));
        assertThat(confirmations.admits()).isTrue();

        pass(MOMENT);
        assertThat(confirmations.admits()).isFalse();

        pass(Confirmations.TRIAL.minus(MOMENT));
        assertThat(confirmations.admits()).isFalse();
        pass(MOMENT);
        assertThat(confirmations.admits()).isTrue();
        assertThat(confirmations.admits()).isFalse();
        pass(Confirmations.TRIAL);
        assertThat(confirmations.admits()).isTrue();
    }

    @Test
    void anyConfirmationLetsEverybodyIn() {
        Confirmations.Sending first = confirmations.send();
        confirmations.send();
        pass(Confirmations.SILENCE);
        assertThat(confirmations.admits()).isFalse();

        first.confirmed();

        assertThat(confirmations.admits()).isTrue();
        assertThat(confirmations.admits()).isTrue();
    }

    @Test
    void silenceIsCountedFromTheLatestConfirmation() {
        Confirmations.Sending first = confirmations.send();
        confirmations.send();
        pass(Confirmations.SILENCE.minus(MOMENT));
        first.confirmed();

        pass(Confirmations.SILENCE.minus(MOMENT));
        assertThat(confirmations.admits()).isTrue();
        pass(MOMENT);
        assertThat(confirmations.admits()).isFalse();
    }

    @Test
    void aFailureTurnsOthersAwayAtOnceAndForAsLongAsNothingIsConfirmed() {
        confirmations.send().failed(new TimeoutException("no answer"));
        assertThat(confirmations.admits()).isFalse();

        pass(Confirmations.SILENCE.multipliedBy(10));
        assertThat(confirmations.admits()).isTrue();
        assertThat(confirmations.admits()).isFalse();
    }

    @Test
    void oneThatFailsThoughOthersWereConfirmedMeanwhileTurnsNobodyAway() {
        Confirmations.Sending stuck = confirmations.send();
        pass(MOMENT);
        confirmations.send().confirmed();

        stuck.failed(new TimeoutException("no answer"));

        assertThat(confirmations.admits()).isTrue();
    }

    @Test
    void whatIsRefusedForGoodTurnsNobodyAway() {
        confirmations.send().failed(new RecordTooLargeException("too large"));
        pass(Confirmations.SILENCE);

        assertThat(confirmations.admits()).isTrue();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
