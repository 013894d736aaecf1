package dev.standing.domain.history;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.propose;
import static dev.standing.domain.decision.Story.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Story;
import dev.standing.domain.event.Event;
import dev.standing.domain.policy.PolicyFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code semantics.md} section 5: what held at valid time T, as known at record time R. */
class AsOfTest {

    private static final AsOf AS_OF = new AsOf(PolicyFile.packagedDefault());
    private static final Instant EVENING = NOON.plus(Duration.ofHours(6));

    private final Story story = Story.underDefault();

    /**
     * Registered on the 1st; blocked on the 10th; on the 20th it is told that the customer had been suspended from the
     * 5th on; on the 25th that it was dormant from the 22nd on. Everything at noon.
     *
     * <p>The suspension was decided last of all that was valid before the 22nd, so that it hides the blocking wherever
     * both hold: a change says what holds from its date on, until a later decision says otherwise.
     */
    @ParameterizedTest(name = "on the {0} as known on the {1}: {2}")
    @CsvSource({
        "01, 01, ACTIVE",
        "09, 09, ACTIVE",
        "10, 10, BLOCKED",
        "19, 19, BLOCKED",
        "06, 19, ACTIVE",
        "04, 20, ACTIVE",
        "05, 20, SUSPENDED",
        "10, 20, SUSPENDED",
        "20, 20, SUSPENDED",
        "21, 25, SUSPENDED",
        "22, 24, SUSPENDED",
        "22, 25, DORMANT",
        "25, 25, DORMANT",
        "04, 25, ACTIVE",
        "12, 15, BLOCKED",
        "25, 15, BLOCKED",
    })
    void aBackdatedChangeHoldsFromItsDateButIsNotKnownBeforeItWasRecorded(
            String validAt, String knownAt, CustomerState expected) {
        Story told = backdated().at(march("28"));

        Optional<Standing> standing = at(told, Optional.of(march(validAt)), Optional.of(march(knownAt)));

        assertThat(standing.orElseThrow().state().state()).isEqualTo(expected);
    }

    private static Story backdated() {
        return Story.underDefault()
                .at(march("01"))
                .registered()
                .at(march("10"))
                .given(change(CustomerState.BLOCKED, "fraud"))
                .at(march("20"))
                .given(change(CustomerState.SUSPENDED, "nonPayment", march("05")))
                .at(march("25"))
                .given(change(CustomerState.DORMANT, "noActivity", march("22")));
    }

    private static Instant march(String day) {
        return Instant.parse("2026-03-" + day + "T12:00:00Z");
    }

    @Test
    void aStateHoldsFromTheVeryInstantOfItsDate() {
        story.registered().at(EVENING).given(change(CustomerState.BLOCKED, "fraud"));

        assertThat(state(validAt(EVENING))).isEqualTo(CustomerState.BLOCKED);
        assertThat(state(validAt(EVENING.minusMillis(1)))).isEqualTo(CustomerState.ACTIVE);
    }

    @Test
    void anEventIsKnownFromTheVeryInstantWhenItWasRecorded() {
        story.registered().at(EVENING).given(change(CustomerState.BLOCKED, "fraud"));
        story.at(EVENING.plusSeconds(60));

        assertThat(state(knownAt(EVENING))).isEqualTo(CustomerState.BLOCKED);
        assertThat(state(knownAt(EVENING.minusMillis(1)))).isEqualTo(CustomerState.ACTIVE);
    }

    @Test
    void nothingIsFoundBeforeTheStateOfTheRegistrationHolds() {
        story.registered();

        assertThat(validAt(NOON.minusMillis(1))).isEmpty();
    }

    @Test
    void nothingIsFoundBeforeTheRegistrationWasRecordedThoughItsStateHeldAlready() {
        story.given(registration(Optional.empty(), Optional.empty(), Optional.of(NOON.minusSeconds(60))));

        assertThat(at(story, Optional.of(NOON.minusSeconds(60)), Optional.of(NOON.minusMillis(1))))
                .isEmpty();
        assertThat(state(validAt(NOON.minusSeconds(60)))).isEqualTo(CustomerState.ACTIVE);
    }

    @Test
    void nothingIsFoundOfACustomerWithoutEvents() {
        assertThat(AS_OF.at(PointInTime.NOW, List.<Event>of().iterator(), NOON)).isEmpty();
    }

    @Test
    void aChangeMadeBeforeTheRegistrationsDateIsFoundThere() {
        story.registered().given(change(CustomerState.SUSPENDED, "fraud", NOON.minus(Duration.ofDays(3))));

        assertThat(state(validAt(NOON.minus(Duration.ofDays(2))))).isEqualTo(CustomerState.SUSPENDED);
        assertThat(validAt(NOON.minus(Duration.ofDays(4)))).isEmpty();
    }

    @Test
    void nowAsKnownNowIsWhereTheCustomerStands() {
        story.registered().given(change(CustomerState.BLOCKED, "fraud", NOON.minusSeconds(60)));

        Standing standing = now().orElseThrow();

        assertThat(standing.state()).isEqualTo(story.customer().state());
        assertThat(standing.known()).isEqualTo(story.customer());
        assertThat(standing.decidedBy()).isEqualTo(story.lastEvent());
    }

    @Test
    void whatIsDueByNowIsIncluded() {
        suspensionScheduledForEvening().at(EVENING);

        Standing standing = now().orElseThrow();

        assertThat(standing.state()).isEqualTo(new StateValue(CustomerState.SUSPENDED, "nonPayment", EVENING));
        assertThat(standing.decidedBy().sequence()).isEqualTo(3);
        assertThat(standing.known().plannedChanges()).isEmpty();
        assertThat(story.events()).as("asking records nothing").hasSize(2);
    }

    @Test
    void whatIsDueByNowIsIncludedIfTheRecordTimeIsNowOrInTheFuture() {
        suspensionScheduledForEvening().at(EVENING);

        assertThat(state(knownAt(EVENING))).isEqualTo(CustomerState.SUSPENDED);
        assertThat(state(knownAt(EVENING.plusSeconds(60)))).isEqualTo(CustomerState.SUSPENDED);
    }

    @Test
    void whatIsDueByNowIsNotIncludedIfTheRecordTimeIsInThePast() {
        suspensionScheduledForEvening().at(EVENING);

        Standing standing = knownAt(EVENING.minusMillis(1)).orElseThrow();

        assertThat(standing.state().state()).isEqualTo(CustomerState.ACTIVE);
        assertThat(standing.known().plannedChanges())
                .extracting(PlannedChange::changeId)
                .containsExactly("c-1:2");
    }

    @Test
    void whatWillBeDueIsNotToldInAdvanceWhateverTheTimesAskedFor() {
        suspensionScheduledForEvening();

        assertThat(state(at(story, Optional.of(EVENING), Optional.of(EVENING)))).isEqualTo(CustomerState.ACTIVE);
        assertThat(state(validAt(EVENING))).isEqualTo(CustomerState.ACTIVE);
    }

    @Test
    void whatIsSettledIsFoundOnlyFromItsDateOn() {
        suspensionScheduledForEvening().at(EVENING.plusSeconds(60));

        assertThat(state(validAt(EVENING.minusMillis(1)))).isEqualTo(CustomerState.ACTIVE);
        assertThat(state(validAt(EVENING))).isEqualTo(CustomerState.SUSPENDED);
    }

    @Test
    void whatIsPlannedIsKnownFromWhenItWasPlannedButDecidesNoState() {
        story.registered().at(EVENING).given(propose(CustomerState.BLOCKED, "fraud", NOON));
        story.at(EVENING.plusSeconds(60));

        assertThat(knownAt(EVENING.minusMillis(1)).orElseThrow().known().plannedChanges())
                .isEmpty();
        Standing standing = knownAt(EVENING).orElseThrow();
        assertThat(standing.known().pendingChange()).isPresent();
        assertThat(standing.decidedBy().sequence()).isEqualTo(1);
        assertThat(standing.state().state()).isEqualTo(CustomerState.ACTIVE);
    }

    /** The clock of whoever asks may lag behind that of the last event. */
    @Test
    void anEventIsNotKnownBeforeItWasRecordedThoughTheClockRunsBehind() {
        story.registered().at(EVENING).given(change(CustomerState.BLOCKED, "fraud"));
        story.at(EVENING.minus(Duration.ofHours(2)));

        assertThat(state(knownAt(EVENING.minus(Duration.ofHours(1))))).isEqualTo(CustomerState.ACTIVE);
        assertThat(state(now())).isEqualTo(CustomerState.BLOCKED);
    }

    @Test
    void eventsThatDoNotFollowEachOtherAreRefused() {
        story.registered().given(change(CustomerState.BLOCKED, "fraud"));
        List<Event> withoutTheFirst = story.events().subList(1, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AS_OF.at(PointInTime.NOW, withoutTheFirst.iterator(), NOON));
    }

    private Story suspensionScheduledForEvening() {
        return story.registered().given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
    }

    private Optional<Standing> now() {
        return at(story, Optional.empty(), Optional.empty());
    }

    private Optional<Standing> validAt(Instant instant) {
        return at(story, Optional.of(instant), Optional.empty());
    }

    private Optional<Standing> knownAt(Instant instant) {
        return at(story, Optional.empty(), Optional.of(instant));
    }

    private static Optional<Standing> at(Story story, Optional<Instant> validAt, Optional<Instant> knownAt) {
        return AS_OF.at(new PointInTime(validAt, knownAt), story.events().iterator(), story.clock());
    }

    private static CustomerState state(Optional<Standing> standing) {
        return standing.orElseThrow().state().state();
    }
}
