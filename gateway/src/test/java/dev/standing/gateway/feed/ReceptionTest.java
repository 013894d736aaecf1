package dev.standing.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.gateway.http.Problem;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may follow, and from where. */
class ReceptionTest {

    private static final Optional<String> NOBODY = Optional.empty();

    private final FakeLog log = new FakeLog(2, new Random(1));
    private final HandDrivenFeed feed = new HandDrivenFeed(log, 2, 10);
    private final RecordingStream stream = RecordingStream.ofFastClient();

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1", "0.0.0", "Earliest"})
    void whatIsNoPositionIsRefusedWithTheNameOfTheHeader(String id) {
        Problem problem = feed.refuse(Optional.of(id), NOBODY);

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.field()).hasValue("Last-Event-ID");
    }

    @Test
    void aPositionBeyondTheEndOfTheLogIsRefused() {
        log.appendMarker(0);

        feed.follow(stream, Optional.of("1.0"), NOBODY);
        Problem problem = feed.refuse(Optional.of("1.1"), NOBODY);

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.detail()).contains("beyond the end");
    }

    @Test
    void aPositionBehindWhichEventsAreGoneIsRefused() {
        log.appendMarker(0);
        log.forget(FeedPosition.of(1, 0));

        Problem problem = feed.refuse(Optional.of("0.0"), NOBODY);

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.detail()).contains("not kept any more");
        assertThat(problem.field()).hasValue("Last-Event-ID");
    }

    @Test
    void whatIsGoneInOtherPartitionsThanTheCustomersDoesNotMatter() {
        int its = Interest.inCustomer("c-1", 2).concerns(0) ? 0 : 1;
        log.appendMarker(1 - its);
        log.forget(FeedPosition.of(0, 0).with(1 - its, 1));

        feed.follow(stream, Optional.of("0.0"), Optional.of("c-1"));

        assertThat(feed.followers()).isOne();
    }

    @Test
    void theEarliestIsTheFirstThatIsKept() {
        log.append("c-1");
        log.append("c-1");
        int its = Interest.inCustomer("c-1", 2).concerns(0) ? 0 : 1;
        FeedPosition second = FeedPosition.of(0, 0).with(its, 1);
        log.forget(second);

        feed.follow(stream, Optional.of("earliest"), NOBODY);
        feed.settle();

        assertThat(stream.events().ids().get(0)).isEqualTo(second.toString());
        assertThat(stream.events().data()).containsExactly(its + "@1");
    }

    @Test
    void moreThanMayFollowAreRefusedUntilOneGoes() {
        feed.follow(RecordingStream.ofFastClient(), NOBODY, NOBODY);
        feed.follow(stream, NOBODY, NOBODY);

        Problem problem = feed.refuse(NOBODY, NOBODY);
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.code()).isEqualTo("UNAVAILABLE");

        stream.end();
        feed.follow(RecordingStream.ofFastClient(), NOBODY, NOBODY);
        assertThat(feed.followers()).isEqualTo(2);
    }

    @Test
    void theStreamOfOneTooManyWhoWasAdmittedInTimeIsEnded() {
        Admission admission = feed.admit(NOBODY, NOBODY);
        feed.follow(RecordingStream.ofFastClient(), NOBODY, NOBODY);
        feed.follow(RecordingStream.ofFastClient(), NOBODY, NOBODY);

        ((Admission.Admitted) admission).follow().accept(stream);

        assertThat(stream.isEnded()).isTrue();
        assertThat(feed.followers()).isEqualTo(2);
    }

    @Test
    void whoeverNeedsAnAnswerOfKafkaIsRefusedWhileItIsAway() {
        log.setAway(true);

        Problem problem = feed.refuse(NOBODY, NOBODY);

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.detail()).contains("Kafka");
    }

    @Test
    void whoeverComesBackToRecentEventsIsAdmittedThoughKafkaIsAway() {
        feed.follow(stream, NOBODY, NOBODY);
        feed.settle();
        log.append("c-1");
        feed.settle();
        log.setAway(true);
        RecordingStream back = RecordingStream.ofFastClient();

        feed.follow(back, Optional.of("0.0"), NOBODY);

        assertThat(back.events().data()).isEqualTo(stream.events().data()).hasSize(1);
    }
}
