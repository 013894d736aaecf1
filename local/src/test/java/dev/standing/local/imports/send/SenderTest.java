package dev.standing.local.imports.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.local.imports.input.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SenderTest {

    private static final Request REQUEST = new Request("/v1/customers", "{}", 0);
    private static final Answer DONE = new Answer.Done(false);

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final Halt halt = new Halt();
    private Duration limit = Duration.ofMinutes(1);
    private Instant now = Instant.EPOCH;
    private Patience patience = patience();

    @Test
    void theSameRequestIsSentUntilItIsAnswered() throws Exception {
        answers.addAll(List.of(later(), later(), DONE));
        assertThat(send()).contains(DONE);
        assertThat(sent).containsExactly("r", "r", "r");
    }

    @Test
    void pausesDoubleUpToTheLongest() throws Exception {
        for (int i = 0; i < 8; i++) {
            answers.add(later());
        }
        answers.add(DONE);
        send();
        assertThat(pauses)
                .extracting(Duration::toMillis)
                .containsExactly(200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L);
    }

    @Test
    void aGatewayMayAskForALongerPauseButNotForEver() throws Exception {
        limit = Duration.ofHours(1);
        patience = patience();
        answers.addAll(List.of(later(Duration.ofSeconds(3)), later(Duration.ofDays(1)), later(Duration.ZERO), DONE));
        send();
        assertThat(pauses).containsExactly(Duration.ofSeconds(3), Duration.ofMinutes(1), Duration.ofMillis(800));
    }

    @Test
    void patienceEndsWhenNothingWasAnsweredForTooLong() throws Exception {
        for (int i = 0; i < 100; i++) {
            answers.add(later());
        }
        assertThat(send()).isEmpty();
        assertThat(halt.reason()).hasValueSatisfying(why -> assertThat(why).contains("PT1M", "busy"));
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofMinutes(1), Duration.ofSeconds(70));
        assertThat(troubles).hasSize(1);
    }

    @Test
    void patienceBeginsWithTheFirstTrouble() throws Exception {
        answers.add(DONE);
        send();
        now = now.plus(Duration.ofDays(1));
        answers.addAll(List.of(later(), DONE));
        assertThat(send()).contains(DONE);
    }

    @Test
    void whereOthersAreAnsweredARequestIsNotSentForEver() throws Exception {
        for (int i = 0; i < 100; i++) {
            answers.add(failed());
        }
        send(() -> patience.answered());
        assertThat(sent).hasSize(Sender.MAX_FAILURES);
        assertThat(halt.isCalled()).isFalse();
    }

    @Test
    void whatFailsForEverIsRefusedWithItsCode() throws Exception {
        for (int i = 0; i < Sender.MAX_FAILURES; i++) {
            answers.add(failed());
        }
        assertThat(send(() -> patience.answered()))
                .contains(new Answer.Refused("INTERNAL_ERROR", Optional.empty(), "It failed 8 times: answers 500"));
    }

    @Test
    void whereThereAreNoOthersOneRequestIsToBlameAndTwoAreNot() throws Exception {
        for (int i = 0; i < 100; i++) {
            answers.add(failed());
        }
        Optional<Answer> first = send();
        assertThat(first).containsInstanceOf(Answer.Refused.class);
        assertThat(now).isAfterOrEqualTo(Instant.EPOCH.plus(limit));
        assertThat(send()).isEmpty();
        assertThat(halt.reason()).hasValueSatisfying(why -> assertThat(why).contains("answers 500"));
    }

    @Test
    void aRequestThatGoesThroughInTheEndIsNotRefused() throws Exception {
        for (int i = 1; i < Sender.MAX_FAILURES; i++) {
            answers.add(failed());
        }
        answers.add(DONE);
        assertThat(send(() -> patience.answered())).contains(DONE);
    }

    @Test
    void whatTakesNoSuchRequestsEndsIt() throws Exception {
        answers.add(new Answer.Hopeless("404"));
        assertThat(send()).isEmpty();
        assertThat(halt.reason()).contains("404");
    }

    @Test
    void nothingIsSentAfterTheHalt() throws Exception {
        halt.call();
        assertThat(send()).isEmpty();
        assertThat(sent).isEmpty();
    }

    private Optional<Answer> send() throws Exception {
        return send(() -> {});
    }

    private Optional<Answer> send(Runnable meanwhile) throws Exception {
        Sender sender = new Sender(
                (request, requestId) -> {
                    sent.add(requestId);
                    return answers.remove();
                },
                patience,
                duration -> {
                    pauses.add(duration);
                    now = now.plus(duration);
                    meanwhile.run();
                },
                halt);
        return sender.send(REQUEST, "r");
    }

    private Patience patience() {
        return new Patience(limit, () -> now, troubles::add);
    }

    private static Answer failed() {
        return new Answer.Failed("INTERNAL_ERROR", "answers 500");
    }

    private static Answer later() {
        return new Answer.Later("busy", Optional.empty());
    }

    private static Answer later(Duration after) {
        return new Answer.Later("busy", Optional.of(after));
    }
}
