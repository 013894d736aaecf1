package dev.standing.domain.decision;

import static dev.standing.domain.decision.Story.CUSTOMER;
import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.changeWithDefaultReason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.PlannedChangeStatus;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.testing.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code semantics.md} sections 4 to 6: changes with a date in the future. */
class ScheduledChangeTest {

    private static final Instant EVENING = NOON.plus(Duration.ofHours(6));
    private static final StateValue REGISTERED = new StateValue(CustomerState.ACTIVE, "dfltActive", NOON);
    private static final StateValue SUSPENSION = new StateValue(CustomerState.SUSPENDED, "nonPayment", EVENING);

    private final Story story = Story.underDefault().registered();

    @Test
    void aChangeInTheFutureIsScheduledAndLeavesTheStateAsItIs() {
        Decided decided = story.decided(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        assertThat(decided.outcome().status()).isEqualTo(OutcomeStatus.SCHEDULED);
        assertThat(decided.events())
                .extracting(Event::fact)
                .containsExactly(new ChangeScheduled("c-1:2", SUSPENSION, false, Optional.empty()));
        assertThat(story.customer().state()).isEqualTo(REGISTERED);
        assertThat(story.customer().stateRecordedAt()).isEqualTo(NOON);
        assertThat(story.customer().version()).isEqualTo(2);
    }

    @Test
    void whatIsPlannedTellsWhenAndByWhomItWasAccepted() {
        Command command = story.later(Duration.ofHours(1))
                .command(new ChangeState(
                        CustomerState.SUSPENDED,
                        new ReasonChoice.Named("nonPayment"),
                        Optional.of(EVENING),
                        true,
                        Optional.of("third reminder")));

        story.decide(command);

        assertThat(story.customer().plannedChanges())
                .containsExactly(new PlannedChange(
                        "c-1:2",
                        PlannedChangeStatus.SCHEDULED,
                        SUSPENSION,
                        true,
                        Optional.of("third reminder"),
                        2,
                        NOON.plus(Duration.ofHours(1)),
                        command.origin(),
                        false));
    }

    @Test
    void theIdOfAChangeIsThatOfTheEventThatPlannedIt() {
        story.given(change(CustomerState.BLOCKED, "fraud"));

        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        assertThat(story.customer().plannedChanges().get(0).changeId())
                .isEqualTo(story.lastEvent().eventId())
                .isEqualTo(CUSTOMER + ":3");
    }

    @Test
    void aChangeOneMillisecondAheadIsInTheFutureAndOneForNowIsNot() {
        assertThat(story.status(change(CustomerState.SUSPENDED, "nonPayment", NOON.plusMillis(1))))
                .isEqualTo(OutcomeStatus.SCHEDULED);
        assertThat(story.status(change(CustomerState.BLOCKED, "fraud", NOON))).isEqualTo(OutcomeStatus.APPLIED);
    }

    @Test
    void aScheduledChangeIsAppliedWhenDueWithoutAskingAgain() {
        story.given(new ChangeState(
                CustomerState.SUSPENDED,
                new ReasonChoice.Named("nonPayment"),
                Optional.of(EVENING),
                true,
                Optional.of("third reminder")));

        List<Event> settled = story.at(EVENING).settle();

        assertThat(settled)
                .extracting(Event::fact)
                .containsExactly(new StateChanged(
                        REGISTERED,
                        SUSPENSION,
                        ChangeCause.DUE,
                        Optional.of("c-1:2"),
                        Optional.of("third reminder"),
                        true));
        assertThat(story.customer().state()).isEqualTo(SUSPENSION);
        assertThat(story.customer().stateRecordedAt()).isEqualTo(EVENING);
        assertThat(story.customer().plannedChanges()).isEmpty();
        assertThat(story.customer().version()).isEqualTo(3);
    }

    @Test
    void aScheduledChangeIsNotAppliedBeforeItIsDue() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        assertThat(story.at(EVENING.minusMillis(1)).settle()).isEmpty();
    }

    @Test
    void aScheduledChangeThatIsSettledLateKeepsItsDateAndTellsWhenItWasRecorded() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        story.at(EVENING.plusSeconds(90)).settle();

        assertThat(story.customer().state().validFrom()).isEqualTo(EVENING);
        assertThat(story.lastEvent().recordedAt()).isEqualTo(EVENING.plusSeconds(90));
    }

    @Test
    void schedulingChecksTheReason() {
        ChangeState withoutReason = new ChangeState(
                CustomerState.SUSPENDED, new ReasonChoice.Missing(), Optional.of(EVENING), false, Optional.empty());

        assertThat(story.rejection(withoutReason)).isEqualTo(RejectionCode.REASON_REQUIRED);
        assertThat(story.rejection(change(CustomerState.SUSPENDED, "deceased", EVENING)))
                .isEqualTo(RejectionCode.UNKNOWN_REASON);
    }

    @Test
    void schedulingWithThePolicysReasonKeepsTheDefaultOfTheState() {
        story.given(new ChangeState(
                CustomerState.BLOCKED,
                new ReasonChoice.PolicyDefault(),
                Optional.of(EVENING),
                false,
                Optional.empty()));

        assertThat(story.customer().plannedChanges().get(0).change().reason()).isEqualTo("dfltBlocked");
    }

    @Test
    void schedulingDoesNotCheckTheTransitionWhichMayBeLegalWhenDue() {
        Story strict = Story.under(PolicyFile.packagedStrict()).registered(CustomerState.INACTIVE, "dfltInactive");

        strict.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        strict.given(change(CustomerState.ACTIVE, "dfltActive"));
        strict.at(EVENING).settle();

        assertThat(strict.customer().state()).isEqualTo(SUSPENSION);
    }

    @Test
    void aChangeInTheFutureIsNeverUnchanged() {
        assertThat(story.status(change(CustomerState.ACTIVE, "dfltActive", EVENING)))
                .isEqualTo(OutcomeStatus.SCHEDULED);
    }

    @Test
    void aScheduledChangeEndsWithAnEventEvenIfItChangesNothing() {
        story.given(change(CustomerState.ACTIVE, "dfltActive", EVENING));

        story.at(EVENING).settle();

        assertThat(story.lastEvent().fact())
                .isEqualTo(new StateChanged(
                        REGISTERED,
                        new StateValue(CustomerState.ACTIVE, "dfltActive", EVENING),
                        ChangeCause.DUE,
                        Optional.of("c-1:2"),
                        Optional.empty(),
                        false));
    }

    @Test
    void aCustomerHasAtMostAsManyPlannedChangesAsThePolicyAllows() {
        Story two = Story.under(Policies.withAtMost(2)).registered();
        two.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        two.given(change(CustomerState.BLOCKED, "fraud", EVENING));

        Outcome third = two.outcome(change(CustomerState.ACTIVE, "dfltActive", EVENING));

        assertThat(third.rejection().orElseThrow())
                .extracting(Rejection::code, Rejection::field)
                .containsExactly(RejectionCode.TOO_MANY_PLANNED_CHANGES, Optional.empty());
        assertThat(two.customer().plannedChanges()).hasSize(2);
    }

    @Test
    void thirtyTwoChangesCanBePlannedUnlessThePolicySaysOtherwise() {
        for (int day = 1; day <= 32; day++) {
            story.given(change(CustomerState.SUSPENDED, "nonPayment", NOON.plus(Duration.ofDays(day))));
        }

        assertThat(story.rejection(change(CustomerState.BLOCKED, "fraud", EVENING)))
                .isEqualTo(RejectionCode.TOO_MANY_PLANNED_CHANGES);
    }

    @Test
    void aChangeThatAppliesNowNeedsNoRoomAmongThePlanned() {
        Story one = Story.under(Policies.withAtMost(1)).registered();
        one.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        assertThat(one.status(change(CustomerState.BLOCKED, "fraud"))).isEqualTo(OutcomeStatus.APPLIED);
    }

    @Test
    void aChangeThatWasAppliedMakesRoomForAnother() {
        Story one = Story.under(Policies.withAtMost(1)).registered();
        one.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        one.at(EVENING);

        assertThat(one.status(change(CustomerState.BLOCKED, "fraud", EVENING.plusSeconds(1))))
                .isEqualTo(OutcomeStatus.SCHEDULED);
    }

    @Test
    void anImmediateChangeLeavesPlannedChangesAlone() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        List<PlannedChange> planned = story.customer().plannedChanges();

        story.given(change(CustomerState.BLOCKED, "fraud"));

        assertThat(story.customer().plannedChanges()).isEqualTo(planned);
    }

    @Test
    void aBackdatedChangeToTheCurrentStateWithSubordinatesIsNoMoreUnchanged() {
        ChangeState cascading = new ChangeState(
                CustomerState.ACTIVE, new ReasonChoice.Named("dfltActive"), Optional.empty(), true, Optional.empty());

        assertThat(story.status(cascading)).isEqualTo(OutcomeStatus.APPLIED);
        assertThat(((StateChanged) story.lastEvent().fact()).cascade()).isTrue();
    }

    @Test
    void anUnknownCustomerIsRegisteredFirstIfThePolicySaysSo() {
        Story nobody = Story.under(Policies.registering());

        Outcome outcome = nobody.outcome(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SCHEDULED);
        assertThat(nobody.facts()).hasExactlyElementsOfTypes(CustomerRegistered.class, ChangeScheduled.class);
        assertThat(nobody.customer().plannedChanges().get(0).changeId()).isEqualTo("c-1:2");
    }

    @Test
    void aCustomerThatIsRegisteredByWhatItHasAlreadyIsRegisteredAndUnchanged() {
        Story nobody = Story.under(Policies.registering());

        Outcome outcome = nobody.outcome(changeWithDefaultReason(CustomerState.ACTIVE));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.UNCHANGED);
        assertThat(outcome.customer()).contains(nobody.customer());
        assertThat(nobody.facts()).hasExactlyElementsOfTypes(CustomerRegistered.class);
    }

    @Test
    void nothingIsScheduledForADeactivatedCustomer() {
        story.given(change(CustomerState.DEACTIVATED, "contractEnd"));

        assertThat(story.rejection(change(CustomerState.ACTIVE, "nonsense", EVENING)))
                .isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
    }

    @Test
    void theCodesOfPlannedChangesComeAfterThatOfTheReason() {
        Story one = Story.under(Policies.withAtMost(1)).registered();
        one.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        assertThat(one.rejection(change(CustomerState.BLOCKED, "nonsense", EVENING)))
                .isEqualTo(RejectionCode.UNKNOWN_REASON);
    }
}
