package dev.standing.gateway.access;

import dev.standing.gateway.access.Admission.Permit;
import dev.standing.gateway.access.Admission.TooMany;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * How much each caller may: a rate, and a number of requests at a time. Every gateway counts for itself. Safe for use by
 * many threads; never waits.
 *
 * <p>A rate of n lets n requests in at once, and n in every second from then on. Who has been quiet for a second is as
 * good as new, and can be forgotten: that is what keeps the memory bounded, however many subjects an issuer's tokens
 * name.
 */
public final class CallerLimits {

    /** From how many callers on those are forgotten that are quiet. */
    static final int FORGETS_FROM = 10_000;

    private static final long FULL_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Permit UNLIMITED = new Permit(() -> {});

    private final int defaultRate;
    private final int concurrency;
    private final Function<String, Optional<Integer>> rateOfKey;
    private final TimeMeter clock;
    private final ConcurrentHashMap<String, Account> accounts = new ConcurrentHashMap<>();
    private final AtomicLong swept;

    /**
     * Makes them.
     *
     * @param defaultRate requests in a second of a caller that has no rate of its own; 0: as many as it likes
     * @param concurrency requests of one caller at a time; 0: as many as it likes
     * @param rateOfKey the rate of its own of whom a key proves, by keyId, at least 1; asked for every request
     */
    public CallerLimits(int defaultRate, int concurrency, Function<String, Optional<Integer>> rateOfKey) {
        this(defaultRate, concurrency, rateOfKey, TimeMeter.SYSTEM_NANOTIME);
    }

    CallerLimits(int defaultRate, int concurrency, Function<String, Optional<Integer>> rateOfKey, TimeMeter clock) {
        this.defaultRate = defaultRate;
        this.concurrency = concurrency;
        this.rateOfKey = rateOfKey;
        this.clock = clock;
        this.swept = new AtomicLong(clock.currentTimeNanos());
    }

    /** No limits. */
    public static CallerLimits none() {
        return new CallerLimits(0, 0, keyId -> Optional.empty());
    }

    /**
     * Whether a request may go on. One that may not counts for nothing.
     *
     * @return a permit, to be closed when the request is answered, or when it may be tried again
     */
    public Admission enter(Caller caller) {
        String keyId = caller.keyId();
        int rate = rateOfKey.apply(keyId).orElse(defaultRate);
        if (rate == 0 && concurrency == 0) {
            return UNLIMITED;
        }
        AtomicReference<Admission> admission = new AtomicReference<>();
        // One at a time for each caller, so that none is forgotten while it enters.
        accounts.compute(keyId, (id, known) -> {
            Account account = known == null ? new Account() : known;
            admission.set(enter(id, account, rate));
            return account;
        });
        forgetTheQuiet();
        return admission.get();
    }

    private Admission enter(String keyId, Account account, int rate) {
        account.lastSeen = clock.currentTimeNanos();
        if (concurrency > 0 && account.underWay >= concurrency) {
            return new TooMany(
                    SHORTEST, "More than " + concurrency + " requests of " + keyId + " would be under way at a time");
        }
        Optional<Duration> wait = account.take(rate, clock);
        if (wait.isPresent()) {
            return new TooMany(wait.get(), keyId + " may send " + rate + " requests in a second");
        }
        account.underWay++;
        return new Permit(() -> leave(keyId));
    }

    private void leave(String keyId) {
        accounts.computeIfPresent(keyId, (id, account) -> {
            account.underWay--;
            return account;
        });
    }

    private void forgetTheQuiet() {
        if (accounts.size() < FORGETS_FROM) {
            return;
        }
        long now = clock.currentTimeNanos();
        long last = swept.get();
        if (now - last >= FULL_AFTER_NANOS && swept.compareAndSet(last, now)) {
            accounts.keySet()
                    .forEach(keyId -> accounts.computeIfPresent(
                            keyId, (id, account) -> account.isAsGoodAsNew(now) ? null : account));
        }
    }

    /** How many callers are remembered. */
    int remembered() {
        return accounts.size();
    }

    /** What one caller has used; guarded by its entry in the map. */
    private static final class Account {

        private int underWay;
        private int rate;
        private Optional<Bucket> bucket = Optional.empty();
        private long lastSeen;

        /** Takes one request from its rate; if there is none left, tells when there will be. */
        Optional<Duration> take(int currentRate, TimeMeter clock) {
            if (currentRate != rate) {
                rate = currentRate;
                bucket = currentRate == 0 ? Optional.empty() : Optional.of(bucket(currentRate, clock));
            }
            return bucket.map(tokens -> tokens.tryConsumeAndReturnRemaining(1))
                    .filter(probe -> !probe.isConsumed())
                    .map(Account::inWholeSeconds);
        }

        private static Bucket bucket(int rate, TimeMeter clock) {
            return Bucket.builder()
                    .addLimit(limit -> limit.capacity(rate).refillGreedy(rate, Duration.ofSeconds(1)))
                    .withCustomTimePrecision(clock)
                    .build();
        }

        private static Duration inWholeSeconds(ConsumptionProbe probe) {
            long second = TimeUnit.SECONDS.toNanos(1);
            return Duration.ofSeconds(Math.max(1, (probe.getNanosToWaitForRefill() + second - 1) / second));
        }

        boolean isAsGoodAsNew(long now) {
            return underWay == 0 && now - lastSeen >= FULL_AFTER_NANOS;
        }
    }
}
