package dev.standing.domain.decision;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.propose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.testing.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code semantics.md} section 6: proposals. */
class ProposalTest {

    private static final Instant EVENING = NOON.plus(Duration.ofHours(6));
    private static final StateValue SUSPENSION = new StateValue(CustomerState.SUSPENDED, "nonPayment", EVENING);
    private static final ProposeChange PROPOSAL = propose(CustomerState.SUSPENDED, "nonPayment", EVENING);

    private final Story story = Story.underDefault().registered();

    @Test
    void aProposalIsPendingAndLeavesTheStateAsItIs() {
        StateValue before = story.customer().state();

        Outcome outcome = story.outcome(new ProposeChange(
                CustomerState.SUSPENDED,
                new ReasonChoice.Named("nonPayment"),
                EVENING,
                true,
                Optional.of("to be approved")));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.PENDING);
        assertThat(story.lastEvent().fact())
                .isEqualTo(new ChangeProposed("c-1:2", SUSPENSION, true, Optional.of("to be approved")));
        assertThat(story.customer().state()).isEqualTo(before);
        assertThat(story.customer().version()).isEqualTo(2);
        assertThat(story.customer().pendingChange().orElseThrow())
                .extracting(PlannedChange::changeId, PlannedChange::isPending, PlannedChange::subordinateUpdated)
                .containsExactly("c-1:2", true, true);
    }

    @Test
    void aProposalIsNeverAppliedUnlessItIsConfirmed() {
        StateValue before = story.customer().state();
        story.given(PROPOSAL);

        story.at(EVENING.plus(Duration.ofDays(365))).settle();

        assertThat(story.customer().state()).isEqualTo(before);
        assertThat(story.customer().pendingChange()).isPresent();
    }

    @Test
    void aProposalWithAPastDateIsAcceptedAndWaitsForItsConfirmation() {
        assertThat(story.status(propose(CustomerState.SUSPENDED, "nonPayment", NOON.minusSeconds(1))))
                .isEqualTo(OutcomeStatus.PENDING);
        assertThat(story.customer().pendingChange()).isPresent();
    }

    @Test
    void aProposalHasToBeForTheFutureIfThePolicySaysSo() {
        Story validating = Story.under(Policies.validatingFuturePending()).registered();

        Outcome past = validating.outcome(propose(CustomerState.SUSPENDED, "nonPayment", NOON));

        assertThat(past.rejection().orElseThrow())
                .extracting(Rejection::code, Rejection::field)
                .containsExactly(RejectionCode.DATE_IN_PAST, Optional.of(CommandField.VALID_FROM));
        assertThat(validating.status(propose(CustomerState.SUSPENDED, "nonPayment", NOON.plusMillis(1))))
                .isEqualTo(OutcomeStatus.PENDING);
    }

    @Test
    void aSecondProposalSupersedesTheFirst() {
        story.given(PROPOSAL);

        Outcome outcome = story.outcome(propose(CustomerState.BLOCKED, "fraud", EVENING));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.PENDING);
        assertThat(story.factsAfter(2))
                .containsExactly(
                        new ChangeCancelled("c-1:2", SUSPENSION, CancelCause.SUPERSEDED, Optional.empty()),
                        new ChangeProposed(
                                "c-1:4",
                                new StateValue(CustomerState.BLOCKED, "fraud", EVENING),
                                false,
                                Optional.empty()));
        assertThat(story.customer().plannedChanges())
                .extracting(PlannedChange::changeId)
                .containsExactly("c-1:4");
    }

    @Test
    void whatIsSupersededCarriesTheOriginOfTheSecondProposal() {
        story.given(PROPOSAL);
        var second = story.command(propose(CustomerState.BLOCKED, "fraud", EVENING));

        assertThat(story.decided(second).events()).extracting(Event::origin).containsOnly(second.origin());
    }

    @Test
    void aSecondProposalIsTurnedDownIfThePolicySaysSo() {
        Story rejecting = Story.under(Policies.rejectingSecondProposals()).registered();
        rejecting.given(PROPOSAL);

        assertThat(rejecting.rejection(propose(CustomerState.BLOCKED, "fraud", EVENING)))
                .isEqualTo(RejectionCode.PENDING_EXISTS);
        assertThat(rejecting.customer().pendingChange().orElseThrow().change()).isEqualTo(SUSPENSION);
        assertThat(rejecting.events()).hasSize(2);
    }

    @Test
    void aScheduledChangeIsNotPendingAndDoesNotKeepAProposalOut() {
        Story rejecting = Story.under(Policies.rejectingSecondProposals()).registered();
        rejecting.given(change(CustomerState.BLOCKED, "fraud", EVENING));

        assertThat(rejecting.status(PROPOSAL)).isEqualTo(OutcomeStatus.PENDING);
    }

    @Test
    void aProposalCountsAmongThePlannedChanges() {
        Story two = Story.under(Policies.withAtMost(2)).registered();
        two.given(PROPOSAL);
        two.given(change(CustomerState.BLOCKED, "fraud", EVENING));

        assertThat(two.rejection(change(CustomerState.ACTIVE, "dfltActive", EVENING)))
                .isEqualTo(RejectionCode.TOO_MANY_PLANNED_CHANGES);
    }

    @Test
    void aProposalBeyondTheMostPlannedChangesIsTurnedDown() {
        Story one = Story.under(Policies.withAtMost(1)).registered();
        one.given(change(CustomerState.BLOCKED, "fraud", EVENING));

        assertThat(one.rejection(PROPOSAL)).isEqualTo(RejectionCode.TOO_MANY_PLANNED_CHANGES);
    }

    @Test
    void aProposalThatSupersedesTakesTheRoomOfTheFirst() {
        Story one = Story.under(Policies.withAtMost(1)).registered();
        one.given(PROPOSAL);

        assertThat(one.status(propose(CustomerState.BLOCKED, "fraud", EVENING))).isEqualTo(OutcomeStatus.PENDING);
        assertThat(one.customer().plannedChanges()).hasSize(1);
    }

    @Test
    void aProposalNamesAReasonOfItsState() {
        ProposeChange withoutReason = new ProposeChange(
                CustomerState.SUSPENDED, new ReasonChoice.Missing(), EVENING, false, Optional.empty());

        assertThat(story.rejection(withoutReason)).isEqualTo(RejectionCode.REASON_REQUIRED);
        assertThat(story.rejection(propose(CustomerState.SUSPENDED, "deceased", EVENING)))
                .isEqualTo(RejectionCode.UNKNOWN_REASON);
    }

    @Test
    void proposingDoesNotCheckTheTransition() {
        Story strict = Story.under(PolicyFile.packagedStrict()).registered();

        assertThat(strict.status(propose(CustomerState.BLOCKED, "fraud", NOON))).isEqualTo(OutcomeStatus.PENDING);
    }

    @Test
    void aProposalOfTheCurrentStateIsPendingAllTheSame() {
        assertThat(story.status(propose(CustomerState.ACTIVE, "dfltActive", NOON)))
                .isEqualTo(OutcomeStatus.PENDING);
    }

    @Test
    void nothingIsProposedForADeactivatedCustomer() {
        story.given(change(CustomerState.DEACTIVATED, "contractEnd"));

        assertThat(story.rejection(propose(CustomerState.ACTIVE, "nonsense", EVENING)))
                .isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
    }

    @Test
    void anUnknownCustomerIsRegisteredFirstIfThePolicySaysSo() {
        Story nobody = Story.under(Policies.registering());

        assertThat(nobody.status(PROPOSAL)).isEqualTo(OutcomeStatus.PENDING);
        assertThat(nobody.facts()).hasExactlyElementsOfTypes(CustomerRegistered.class, ChangeProposed.class);
        assertThat(Story.underDefault().rejection(PROPOSAL)).isEqualTo(RejectionCode.UNKNOWN_CUSTOMER);
    }
}
