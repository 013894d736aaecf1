package dev.standing.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class IssuerKeysAtUrlTest {

    private static final Issuer FIRST = Issuer.withRsa("first");
    private static final Issuer SECOND = Issuer.withEc("second");
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final int PLACES = 4;

    private final CountDownLatch never = new CountDownLatch(1);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private volatile Instant now = Instant.parse("2026-05-01T10:00:00Z");
    private KeySetServer server;
    private IssuerKeysAtUrl keys;

    @BeforeEach
    void begin() throws IOException {
        server = new KeySetServer(FIRST);
        log.start();
        ((Logger) LoggerFactory.getLogger(IssuerKeysAtUrl.class)).addAppender(log);
    }

    @AfterEach
    void end() {
        never.countDown();
        if (keys != null) {
            keys.close();
        }
        server.close();
        ((Logger) LoggerFactory.getLogger(IssuerKeysAtUrl.class)).detachAppender(log);
    }

    @Test
    void aKeyOfTheSetIsFound() {
        open(AT_ONCE);
        assertThat(found("first")).extracting(JWK::getKeyID).containsExactly("first");
    }

    @Test
    void aKeyThatIsKnownIsAnsweredAtOnceAndNotFetchedAgain() {
        open(AT_ONCE);
        found("first");
        int fetches = server.fetches();

        assertThat(matching("first")).isCompleted();
        assertThat(server.fetches()).isEqualTo(fetches);
    }

    @Test
    void aKeyThatIsNotKnownIsFetched() {
        open(AT_ONCE);
        found("first");
        server.has(FIRST, SECOND);

        assertThat(found("second")).extracting(JWK::getKeyID).containsExactly("second");
    }

    @Test
    void aKeyThatTheIssuerDoesNotHaveIsNoneAndNoFailure() {
        open(AT_ONCE);
        assertThat(found("invented")).isEmpty();
    }

    @Test
    void aKeyThatTheIssuerHasWithdrawnIsGoneWhenTheSetIsNoLongerFresh() throws Exception {
        open(AT_ONCE);
        found("first");
        server.has(SECOND);
        now = now.plus(Duration.ofMinutes(5));
        // Looks after the set, on a thread of its own, rather than answering at once.
        assertThat(matching("second").get(10, TimeUnit.SECONDS)).hasSize(1);

        assertThat(found("first")).isEmpty();
    }

    @Test
    void inventedKeysAreNotFetchedMoreOftenThanTheIssuerCanBear() {
        open(Duration.ofHours(1).dividedBy(20));
        found("first");
        IntStream.range(0, PLACES)
                .forEach(
                        each -> matching("invented").handle((set, failure) -> 0).join());

        assertThat(server.fetches()).isLessThanOrEqualTo(2);
        assertThatThrownBy(() -> found("invented")).hasRootCauseInstanceOf(KeySourceException.class);
        assertThat(matching("first")).isCompleted();
    }

    @Test
    void anIssuerThatIsAwayIsAFailureAndNotAMissingKey() {
        server.answers(503, "");
        open(AT_ONCE);
        assertThatThrownBy(() -> found("first")).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void anAnswerThatIsNoKeySetIsAFailure() {
        server.answers(200, "<html>Please log in</html>");
        open(AT_ONCE);
        assertThatThrownBy(() -> found("first")).hasCauseInstanceOf(KeySourceException.class);
    }

    @Test
    void keysThatAreKnownStayGoodWhileTheIssuerIsAway() {
        open(AT_ONCE);
        found("first");
        server.answers(500, "");
        now = now.plus(Duration.ofMinutes(10));

        assertThat(found("first")).hasSize(1);
    }

    @Test
    void anOutageIsLoggedOnceAndSoIsItsEnd() {
        server.answers(500, "");
        open(AT_ONCE);
        for (int i = 0; i < 3; i++) {
            matching("first").handle((set, failure) -> 0).join();
        }
        server.has(FIRST);
        await().until(() ->
                matching("first").handle((set, failure) -> failure == null).join());

        assertThat(log.list.stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                        .map(ILoggingEvent::getFormattedMessage))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("The key set at " + server.url() + " cannot be had: ");
    }

    @Test
    void whileFetchingWaitsOthersAreAnsweredAndThoseBeyondTheQueueAreTurnedAway() {
        open(AT_ONCE);
        found("first");
        server.waitsFor(never);
        List<CompletableFuture<List<JWK>>> waiting =
                IntStream.range(0, 20).mapToObj(each -> matching("invented")).toList();

        assertThat(waiting)
                .anySatisfy(each -> assertThat(each)
                        .isCompletedExceptionally()
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .withCauseInstanceOf(RejectedExecutionException.class));
        assertThat(waiting).filteredOn(each -> !each.isDone()).hasSizeBetween(PLACES, PLACES + 2);
        assertThat(matching("first")).isCompleted();
    }

    @Test
    void afterTheEndNothingIsFetched() {
        open(AT_ONCE);
        keys.close();
        assertThat(matching("invented")).isCompletedExceptionally();
    }

    private void open(Duration pause) {
        keys = IssuerKeysAtUrl.open(server.url(), pause, PLACES, (InstantSource) () -> now);
    }

    private List<JWK> found(String keyId) {
        return matching(keyId).join();
    }

    private CompletableFuture<List<JWK>> matching(String keyId) {
        JWSAlgorithm algorithm = keyId.equals("second") ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
        return keys.matching(new JWSHeader.Builder(algorithm).keyID(keyId).build());
    }
}
