package dev.standing.gateway.access;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys behind a URL.
 *
 * <p>They are kept for five minutes, fetched again shortly before that, and whenever a key is asked for that is not among
 * them, but not more often than the issuer can bear. While it is away, those that are known stay good for a while.
 * Fetching waits, so it is done on threads of its own; what needs no fetching is answered at once, even while all of them
 * wait: nobody can keep good tokens out by sending ones with invented keys.
 */
final class IssuerKeysAtUrl implements IssuerKeys {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeysAtUrl.class);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 512 * 1_024;
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration FETCHED_AHEAD = Duration.ofSeconds(30);
    private static final Duration KEPT_WHILE_AWAY = Duration.ofHours(4);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int THREADS = 2;
    private static final int PLACES = 500;

    private final InstantSource clock;
    private final ThreadPoolExecutor threads;
    private final JWKSource<SecurityContext> source;
    private final String url;
    private final AtomicBoolean away = new AtomicBoolean();
    private volatile Optional<Fetched> fetched = Optional.empty();

    /** What was fetched, and until when it needs no looking after. */
    private record Fetched(JWKSet keys, Instant freshUntil) {}

    private IssuerKeysAtUrl(URI url, Duration pause, int places, InstantSource clock) {
        this.clock = clock;
        this.url = url.toString();
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(places), task -> {
                    Thread thread = new Thread(task, "standing-jwks-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.source = JWKSourceBuilder.create(new Watched(remote(url)))
                .cache(KEPT.toMillis(), CONNECT_TIMEOUT.plus(READ_TIMEOUT).toMillis())
                .refreshAheadCache(FETCHED_AHEAD.toMillis(), null, threads, false, null, false)
                .rateLimited(pause.toMillis())
                .outageTolerant(KEPT_WHILE_AWAY.toMillis())
                .build();
    }

    /** Begins to fetch them, and returns before they are there. */
    static IssuerKeysAtUrl open(URI url) {
        return open(url, PAUSE, PLACES, InstantSource.system());
    }

    /**
     * As above.
     *
     * @param url of http or https
     * @param pause how long it lasts until they may be fetched again; twice within it
     * @param places how many may wait for a fetch; the others are answered at once that it cannot be told
     */
    static IssuerKeysAtUrl open(URI url, Duration pause, int places, InstantSource clock) {
        IssuerKeysAtUrl keys = new IssuerKeysAtUrl(url, pause, places, clock);
        keys.threads.execute(keys::fetchAhead);
        return keys;
    }

    private void fetchAhead() {
        try {
            source.get(new JWKSelector(new JWKMatcher.Builder().build()), null);
        } catch (KeySourceException e) {
            // It is logged where it is fetched, and tried again by the first who needs it.
            LOG.debug("No keys yet", e);
        }
    }

    private static URLBasedJWKSetSource<SecurityContext> remote(URI url) {
        try {
            return new URLBasedJWKSetSource<>(
                    url.toURL(),
                    new DefaultResourceRetriever(
                            (int) CONNECT_TIMEOUT.toMillis(), (int) READ_TIMEOUT.toMillis(), MAX_BYTES));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("No URL of http or https: " + url, e);
        }
    }

    @Override
    public CompletableFuture<List<JWK>> matching(JWSHeader header) {
        JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
        List<JWK> known = fetched.filter(keys -> clock.instant().isBefore(keys.freshUntil()))
                .map(keys -> selector.select(keys.keys()))
                .orElse(List.of());
        if (!known.isEmpty()) {
            return CompletableFuture.completedFuture(known);
        }
        try {
            return CompletableFuture.supplyAsync(() -> find(selector), threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<JWK> find(JWKSelector selector) {
        try {
            return source.get(selector, null);
        } catch (KeySourceException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Sees what is fetched: keeps it at hand, and has an outage logged once. */
    private final class Watched implements JWKSetSource<SecurityContext> {

        private final JWKSetSource<SecurityContext> remote;

        Watched(JWKSetSource<SecurityContext> remote) {
            this.remote = remote;
        }

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, SecurityContext context)
                throws KeySourceException {
            try {
                JWKSet keys = remote.getJWKSet(evaluator, now, context);
                fetched =
                        Optional.of(new Fetched(keys, clock.instant().plus(KEPT).minus(FETCHED_AHEAD)));
                if (away.getAndSet(false)) {
                    LOG.info("The key set at {} can be had again", url);
                }
                return keys;
            } catch (KeySourceException e) {
                if (!away.getAndSet(true)) {
                    LOG.warn("The key set at {} cannot be had: {}", url, e.getMessage());
                }
                throw e;
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
