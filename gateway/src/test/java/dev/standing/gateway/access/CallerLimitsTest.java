package dev.standing.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.gateway.access.Admission.Permit;
import dev.standing.gateway.access.Admission.TooMany;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallerLimitsTest {

    private static final Caller BILLING = caller("billing");
    private static final Caller CRM = caller("crm");

    private final Map<String, Integer> rates = new HashMap<>();
    private long nanos = 1_000_000_000_000L;

    @Test
    void aRateLetsSoManyInAtOnceAndSoManyInEverySecondAfterwards() {
        CallerLimits limits = limits(4, 0);

        assertThat(admitted(limits, 10)).isEqualTo(4);
        pass(Duration.ofMillis(250));
        assertThat(admitted(limits, 10)).isEqualTo(1);
        pass(Duration.ofSeconds(60));
        assertThat(admitted(limits, 10)).isEqualTo(4);
    }

    @Test
    void whoIsTurnedAwayIsToldWhenAndWhy() {
        CallerLimits limits = limits(1, 0);
        limits.enter(BILLING);

        assertThat(limits.enter(BILLING))
                .isEqualTo(new TooMany(Duration.ofSeconds(1), "billing may send 1 requests in a second"));
    }

    @Test
    void theRateOfAKeyGoesBeforeThatOfAll() {
        rates.put("billing", 3);
        CallerLimits limits = limits(1, 0);

        assertThat(admitted(limits, 5)).isEqualTo(3);
        limits.enter(CRM);
        assertThat(limits.enter(CRM)).isInstanceOf(TooMany.class);
    }

    @Test
    void aKeyMayHaveARateWhereOthersHaveNone() {
        rates.put("billing", 1);
        CallerLimits limits = limits(0, 0);
        limits.enter(BILLING);

        assertThat(limits.enter(BILLING)).isInstanceOf(TooMany.class);
        limits.enter(CRM);
        assertThat(limits.enter(CRM)).isInstanceOf(Permit.class);
    }

    @Test
    void aRateThatChangesHoldsFromTheNextRequestOn() {
        rates.put("billing", 1);
        CallerLimits limits = limits(0, 0);
        limits.enter(BILLING);
        rates.put("billing", 3);
        assertThat(admitted(limits, 10)).isEqualTo(3);

        rates.remove("billing");
        assertThat(admitted(limits, 10)).isEqualTo(10);
    }

    @Test
    void nobodyUsesUpTheRateOfAnother() {
        CallerLimits limits = limits(1, 1);
        limits.enter(BILLING);

        assertThat(limits.enter(CRM)).isInstanceOf(Permit.class);
    }

    @Test
    void soManyAreUnderWayAtATime() {
        CallerLimits limits = limits(0, 2);
        Permit first = permit(limits);
        permit(limits);

        assertThat(limits.enter(BILLING))
                .isEqualTo(new TooMany(
                        Duration.ofSeconds(1), "More than 2 requests of billing would be under way at a time"));
        first.close();
        assertThat(limits.enter(BILLING)).isInstanceOf(Permit.class);
    }

    @Test
    void aPermitThatIsClosedTwiceLetsOneInNotTwo() {
        CallerLimits limits = limits(0, 2);
        Permit first = permit(limits);
        permit(limits);
        first.close();
        first.close();

        assertThat(limits.enter(BILLING)).isInstanceOf(Permit.class);
        assertThat(limits.enter(BILLING)).isInstanceOf(TooMany.class);
    }

    @Test
    void whoIsTurnedAwayForTheCrowdUsesUpNothingOfItsRate() {
        CallerLimits limits = limits(2, 1);
        Permit first = permit(limits);
        limits.enter(BILLING);
        limits.enter(BILLING);
        first.close();

        assertThat(limits.enter(BILLING)).isInstanceOf(Permit.class);
    }

    @Test
    void whoIsTurnedAwayForItsRateIsNotUnderWay() {
        CallerLimits limits = limits(1, 2);
        permit(limits).close();
        assertThat(admitted(limits, 5)).isZero();
        pass(Duration.ofSeconds(1));

        Admission next = limits.enter(BILLING);
        assertThat(next).isInstanceOf(Permit.class);
        ((Permit) next).close();
        assertThat(limits.enter(BILLING))
                .isEqualTo(new TooMany(Duration.ofSeconds(1), "billing may send 1 requests in a second"));
    }

    @Test
    void withoutLimitsNobodyIsCounted() {
        CallerLimits limits = limits(0, 0);

        assertThat(admitted(limits, 1_000)).isEqualTo(1_000);
        assertThat(limits.remembered()).isZero();
        assertThat(CallerLimits.none().enter(Caller.ANYBODY)).isInstanceOf(Permit.class);
    }

    @Test
    void whoIsQuietIsForgottenWhenThereAreMany() {
        CallerLimits limits = limits(1, 1);
        Permit held = permit(limits);
        for (int i = 0; i < CallerLimits.FORGETS_FROM; i++) {
            ((Permit) limits.enter(caller("quiet-" + i))).close();
        }
        pass(Duration.ofSeconds(1));
        limits.enter(CRM);

        // The one that came, and the one that is under way still.
        assertThat(limits.remembered()).isEqualTo(2);
        assertThat(limits.enter(BILLING)).isInstanceOf(TooMany.class);
        held.close();
        assertThat(limits.enter(BILLING)).isInstanceOf(Permit.class);
    }

    @Test
    void whoWasHereWithinTheSecondIsNotForgotten() {
        CallerLimits limits = limits(1, 0);
        limits.enter(BILLING);
        pass(Duration.ofMillis(900));
        limits.enter(CRM);
        for (int i = 0; i < CallerLimits.FORGETS_FROM; i++) {
            limits.enter(caller("many-" + i));
        }
        pass(Duration.ofMillis(100));
        limits.enter(caller("one more"));

        assertThat(limits.enter(CRM)).isInstanceOf(TooMany.class);
    }

    @Test
    void manyAtOnceAreNeverMoreThanMayBe() throws Exception {
        CallerLimits limits = limits(0, 3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger in = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            threads.execute(() -> {
                for (int j = 0; j < 5_000; j++) {
                    if (limits.enter(BILLING) instanceof Permit permit) {
                        in.incrementAndGet();
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                        permit.close();
                    }
                }
                done.countDown();
            });
        }
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        threads.shutdown();

        assertThat(most.get()).isBetween(1, 3);
        assertThat(in.get()).isPositive();
        assertThat(admitted(limits, 10)).isEqualTo(3);
    }

    private CallerLimits limits(int rate, int concurrency) {
        return new CallerLimits(rate, concurrency, keyId -> Optional.ofNullable(rates.get(keyId)), new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos;
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        });
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static int admitted(CallerLimits limits, int attempts) {
        int admitted = 0;
        for (int i = 0; i < attempts; i++) {
            admitted += limits.enter(BILLING) instanceof Permit ? 1 : 0;
        }
        return admitted;
    }

    private static Permit permit(CallerLimits limits) {
        return (Permit) limits.enter(BILLING);
    }

    private static Caller caller(String keyId) {
        return new Caller(keyId, "source", Set.of(Role.WRITE));
    }
}
