package dev.standing.processor.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
        pass(Duration.ofSeconds(1));

        assertThat(agenda.untilNext()).contains(Duration.ZERO);
    }

    @Test
    void aTaskThatBeganOrIsGoneIsNotWaitedFor() {
        agenda.wake("one", Duration.ofMillis(1));
        agenda.wake("two", Duration.ofMillis(1));
        agenda.begin("one");
        agenda.remove("two");

        assertThat(agenda.untilNext()).isEmpty();
    }

    @Test
    void oneTaskAloneHasAllTheTime() {
        Allowance allowance = agenda.begin("one");

        pass(Duration.ofMillis(20).minusNanos(1));
        assertThat(allowance.isSpent()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(allowance.isSpent()).isTrue();
    }

    @Test
    void anAllowanceIsSpentByRecordsToo() {
        Allowance allowance = agenda.begin("one");

        allowance.spend(1_999);
        assertThat(allowance.isSpent()).isFalse();
        allowance.spend(1);
        assertThat(allowance.isSpent()).isTrue();
    }

    @Test
    void tasksThatCouldNotFinishShareTheTimeEvenly() {
        agenda.end("one", false);
        agenda.end("two", false);
        agenda.end("three", false);
        agenda.end("four", false);

        Allowance ofOne = agenda.begin("one");
        pass(Duration.ofMillis(5));
        assertThat(ofOne.isSpent()).isTrue();
        Allowance ofTwo = agenda.begin("two");
        ofTwo.spend(500);
        assertThat(ofTwo.isSpent()).isTrue();
        Allowance ofANewcomer = agenda.begin("five");
        ofANewcomer.spend(400);
        assertThat(ofANewcomer.isSpent()).isTrue();
    }

    @Test
    void whoHasFinishedOrIsGoneSharesNoMore() {
        agenda.end("one", false);
        agenda.end("two", false);
        agenda.end("three", false);
        agenda.end("two", true);
        agenda.remove("three");

        Allowance allowance = agenda.begin("one");
        allowance.spend(1_999);
        assertThat(allowance.isSpent()).isFalse();
    }

    @Test
    void itTellsOnceThatATaskHadATurn() {
        assertThat(agenda.takeUncommitted()).isFalse();
        agenda.begin("one");

        assertThat(agenda.takeUncommitted()).isTrue();
        assertThat(agenda.takeUncommitted()).isFalse();
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
