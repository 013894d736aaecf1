package dev.standing.processor.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.processor.timing.ThreadAgenda.Answer.NotYet;
import dev.standing.processor.timing.ThreadAgenda.Answer.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who has a turn when, and for how long. */
class ThreadAgendaTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final ThreadAgenda agenda = new ThreadAgenda(nanos::get);

    @Test
    void theEarliestTaskIsNext() {
        assertThat(agenda.untilNext()).isEmpty();

        agenda.wake("one", Duration.ofMillis(30));
        agenda.wake("two", Duration.ofMillis(10));
        assertThat(agenda.untilNext()).contains(Duration.ofMillis(10));

        pass(Duration.ofMillis(4));
        assertThat(agenda.untilNext()).contains(Duration.ofMillis(6));
        agenda.wake("two", Duration.ofMillis(50));
        assertThat(agenda.untilNext()).contains(Duration.ofMillis(26));
    }

    @Test
    void whatIsOverdueIsNextAtOnce() {
        agenda.wake("one", Duration.ofMillis(1));
        pass(Duration.ofMillis(500));

        assertThat(agenda.untilNext()).contains(Duration.ZERO);
    }

    @Test
    void whatDoesNotComeIsNotWaitedForForEver() {
        long at = agenda.wake("one", Duration.ofMillis(1));
        agenda.wake("two", Duration.ofSeconds(3));
        pass(Duration.ofSeconds(2));

        assertThat(agenda.isLongAgo(at)).isTrue();
        assertThat(agenda.untilNext()).contains(Duration.ofSeconds(1));
    }

    @Test
    void aTaskThatBeganOrIsGoneIsNotWaitedFor() {
        agenda.wake("one", Duration.ofMillis(1));
        agenda.wake("two", Duration.ofMillis(1));
        turn("one");
        agenda.remove("two");

        assertThat(agenda.untilNext()).isEmpty();
    }

    @Test
    void aTaskThatIsNotKnownToHaveMuchToDoHasAShortTurnAtOnce() {
        agenda.recordTaken();
        Allowance allowance = turn("one");

        pass(Duration.ofMillis(5).minusNanos(1));
        assertThat(allowance.isSpent()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(allowance.isSpent()).isTrue();
    }

    @Test
    void aTaskWithMuchToDoHasALongTurn() {
        agenda.end("one", false);
        Allowance allowance = turn("one");

        pass(Duration.ofMillis(20).minusNanos(1));
        assertThat(allowance.isSpent()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(allowance.isSpent()).isTrue();
    }

    @Test
    void anAllowanceIsSpentByRecordsToo() {
        agenda.end("one", false);
        Allowance allowance = turn("one");

        allowance.spend(1_999);
        assertThat(allowance.isSpent()).isFalse();
        allowance.spend(1);
        assertThat(allowance.isSpent()).isTrue();
        assertThat(allowance.spent()).isEqualTo(2_000);
    }

    @Test
    void tasksWithMuchToDoHaveOneTurnARoundInTheirOrder() {
        List.of("one", "two", "three").forEach(task -> agenda.end(task, false));
        List<String> turns = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            pass(Duration.ofMillis(1));
            for (String task : List.of("three", "one", "two")) {
                if (agenda.begin(task) instanceof Turn) {
                    turns.add(task);
                    agenda.end(task, false);
                }
            }
        }

        assertThat(turns).containsExactly("one", "two", "three", "one", "two", "three");
    }

    @Test
    void whoHasFinishedOrIsGoneIsNotWaitedFor() {
        List.of("one", "two", "three").forEach(task -> agenda.end(task, false));
        turn("one");
        agenda.end("one", true);
        agenda.remove("two");
        pass(Duration.ofMillis(1));

        turn("three");
    }

    @Test
    void commandsHaveTheThreadToThemselvesForAMomentBetweenTurns() {
        agenda.end("one", false);
        turn("one");
        agenda.end("one", false);
        agenda.recordTaken();

        assertThat(agenda.begin("one")).isEqualTo(new NotYet(Duration.ofMillis(5)));
        pass(Duration.ofMillis(2));
        agenda.recordTaken();
        assertThat(agenda.begin("one")).isEqualTo(new NotYet(Duration.ofMillis(3)));
        pass(Duration.ofMillis(3));
        agenda.recordTaken();
        turn("one");
    }

    @Test
    void withoutCommandsTheNextTurnIsInTheNextRound() {
        agenda.end("one", false);
        turn("one");
        agenda.end("one", false);
        assertThat(agenda.begin("one")).isEqualTo(new NotYet(Duration.ofMillis(1)));

        pass(Duration.ofMillis(1));
        turn("one");
    }

    @Test
    void aCommitIsAskedForWhenAllThatCameIsTaken() {
        agenda.polled(2);
        agenda.polled(1);
        assertThat(agenda.recordTaken()).isFalse();
        assertThat(agenda.recordTaken()).isFalse();
        assertThat(agenda.recordTaken()).isTrue();
        agenda.polled(1);
        assertThat(agenda.recordTaken()).isTrue();
    }

    @Test
    void noCommitIsAskedForWhileATurnIsToCome() {
        agenda.end("one", false);
        agenda.polled(1);
        assertThat(agenda.recordTaken()).isFalse();

        agenda.remove("one");
        agenda.polled(1);
        assertThat(agenda.recordTaken()).isTrue();
    }

    @Test
    void noCommitIsAskedForIfNobodyTellsWhatCame() {
        assertThat(agenda.recordTaken()).isFalse();
    }

    @Test
    void whatIsNeverTakenIsForgottenWhenNothingElseComes() {
        agenda.polled(5);
        agenda.polled(0);
        agenda.polled(1);

        assertThat(agenda.recordTaken()).isTrue();
    }

    private Allowance turn(String task) {
        assertThat(agenda.begin(task)).isInstanceOf(Turn.class);
        return ((Turn) agenda.begin(task)).allowance();
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
