package dev.standing.domain.decision;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.cancel;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.confirm;
import static dev.standing.domain.decision.Story.propose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.PlannedChangeStatus;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.testing.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code semantics.md} section 6: confirmations. */
class ConfirmationTest {

    private static final Instant EVENING = NOON.plus(Duration.ofHours(6));
    private static final Instant NIGHT = NOON.plus(Duration.ofHours(10));
    private static final StateValue REGISTERED = new StateValue(CustomerState.ACTIVE, "dfltActive", NOON);
    private static final ProposeChange PROPOSAL = propose(CustomerState.SUSPENDED, "nonPayment", EVENING);
    private static final ConfirmChange CONFIRMATION = confirm(CustomerState.SUSPENDED, "nonPayment");

    private final Story story = Story.underDefault().registered();

    @Test
    void aConfirmationWithoutDateBeforeThePlannedOneSchedulesTheChange() {
        story.given(PROPOSAL);

        Outcome outcome = story.outcome(CONFIRMATION);

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.CONFIRMED);
        assertThat(story.lastEvent().fact())
                .isEqualTo(new ChangeConfirmed(
                        "c-1:2", suspension(EVENING), EVENING, false, ChangeCause.COMMAND, Optional.empty()));
        assertThat(story.customer().state()).isEqualTo(REGISTERED);
        assertThat(story.customer().pendingChange()).isEmpty();
        assertThat(story.customer().plannedChanges())
                .extracting(PlannedChange::changeId, PlannedChange::status)
                .containsExactly(tuple("c-1:2", PlannedChangeStatus.SCHEDULED));
        assertThat(story.customer().version()).isEqualTo(3);
    }

    @Test
    void aConfirmedChangeIsAppliedWhenItsDateHasCome() {
        story.given(PROPOSAL).given(CONFIRMATION);

        story.at(EVENING).settle();

        assertThat(story.lastEvent().fact())
                .isEqualTo(new StateChanged(
                        REGISTERED,
                        suspension(EVENING),
                        ChangeCause.DUE,
                        Optional.of("c-1:2"),
                        Optional.empty(),
                        false));
    }

    @Test
    void aConfirmationWithoutDateOnceThePlannedOneHasPassedAppliesFromThePlannedDate() {
        story.given(PROPOSAL);

        Outcome outcome = story.at(NIGHT).outcome(CONFIRMATION);

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.APPLIED);
        assertThat(story.customer().state()).isEqualTo(suspension(EVENING));
        assertThat(story.customer().plannedChanges()).isEmpty();
    }

    @Test
    void aConfirmationForNowIsConfirmedAndThenChanged() {
        story.given(PROPOSAL);

        Outcome outcome = story.outcome(confirm(CustomerState.SUSPENDED, "nonPayment", NOON));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.APPLIED);
        assertThat(story.factsAfter(2))
                .containsExactly(
                        new ChangeConfirmed(
                                "c-1:2", suspension(NOON), EVENING, false, ChangeCause.COMMAND, Optional.empty()),
                        new StateChanged(
                                REGISTERED,
                                suspension(NOON),
                                ChangeCause.COMMAND,
                                Optional.of("c-1:2"),
                                Optional.empty(),
                                false));
    }

    @Test
    void aConfirmationForNowThatChangesNothingIsConfirmedAndChangedAllTheSame() {
        story.given(propose(CustomerState.ACTIVE, "dfltActive", EVENING));

        assertThat(story.status(confirm(CustomerState.ACTIVE, "dfltActive", NOON)))
                .isEqualTo(OutcomeStatus.APPLIED);
        assertThat(story.factsAfter(2)).hasExactlyElementsOfTypes(ChangeConfirmed.class, StateChanged.class);
    }

    @Test
    void aLaterDateOverridesThePlannedOne() {
        story.given(PROPOSAL);

        assertThat(story.status(confirm(CustomerState.SUSPENDED, "nonPayment", NIGHT)))
                .isEqualTo(OutcomeStatus.CONFIRMED);
        assertThat(story.at(NIGHT.minusMillis(1)).settle()).isEmpty();
        assertThat(story.at(NIGHT).settle()).hasSize(1);
        assertThat(story.customer().state()).isEqualTo(suspension(NIGHT));
    }

    @Test
    void aPastDateOverridesThePlannedOneAndIsKept() {
        story.given(PROPOSAL);

        story.given(confirm(CustomerState.SUSPENDED, "nonPayment", NOON.minusSeconds(60)));

        assertThat(story.customer().state()).isEqualTo(suspension(NOON.minusSeconds(60)));
        assertThat(story.customer().stateRecordedAt()).isEqualTo(NOON);
    }

    @Test
    void aConfirmedChangeCarriesTheOriginOfItsConfirmation() {
        story.given(PROPOSAL);
        Command confirmation = story.command(CONFIRMATION);
        story.decide(confirmation);

        story.at(EVENING).settle();

        assertThat(story.lastEvent().origin()).isEqualTo(confirmation.origin());
    }

    @Test
    void aConfirmedChangeIsAcceptedWhenItIsConfirmed() {
        story.given(propose(CustomerState.SUSPENDED, "nonPayment", EVENING));
        story.given(change(CustomerState.BLOCKED, "fraud", EVENING));
        story.given(CONFIRMATION);

        story.at(EVENING).settle();

        assertThat(story.customer().state().state())
                .as("the last of those for the same instant")
                .isEqualTo(CustomerState.SUSPENDED);
    }

    @Test
    void whatTheConfirmationSaysOfSubordinatesOverridesTheProposal() {
        assertThat(cascades(false, Optional.of(true))).isTrue();
        assertThat(cascades(true, Optional.of(false))).isFalse();
    }

    @Test
    void whatTheProposalSaysOfSubordinatesHoldsIfTheConfirmationSaysNothing() {
        assertThat(cascades(true, Optional.empty())).isTrue();
        assertThat(cascades(false, Optional.empty())).isFalse();
    }

    /** Whether a change applied at once, and one applied when due, lead to a cascade. */
    private static boolean cascades(boolean proposed, Optional<Boolean> confirmed) {
        ProposeChange proposal = new ProposeChange(
                CustomerState.SUSPENDED, new ReasonChoice.Named("nonPayment"), EVENING, proposed, Optional.empty());
        Story now = Story.underDefault().registered().given(proposal);
        now.given(confirmation(Optional.of(NOON), confirmed, Optional.empty()));
        Story later = Story.underDefault().registered().given(proposal);
        later.given(confirmation(Optional.empty(), confirmed, Optional.empty()));
        later.at(EVENING).settle();

        boolean cascades = ((StateChanged) now.lastEvent().fact()).cascade();
        assertThat(((StateChanged) later.lastEvent().fact()).cascade()).isEqualTo(cascades);
        return cascades;
    }

    @Test
    void theNotesOfTheConfirmationAreThoseOfTheChange() {
        assertThat(notes(Optional.of("to be approved"), Optional.of("approved")))
                .contains("approved");
    }

    @Test
    void theNotesOfTheProposalHoldIfTheConfirmationHasNone() {
        assertThat(notes(Optional.of("to be approved"), Optional.empty())).contains("to be approved");
    }

    /** The notes of a change applied at once, and of one applied when due. */
    private static Optional<String> notes(Optional<String> proposed, Optional<String> confirmed) {
        ProposeChange proposal = new ProposeChange(
                CustomerState.SUSPENDED, new ReasonChoice.Named("nonPayment"), EVENING, false, proposed);
        Story now = Story.underDefault().registered().given(proposal);
        now.given(confirmation(Optional.of(NOON), Optional.empty(), confirmed));
        Story later = Story.underDefault().registered().given(proposal);
        later.given(confirmation(Optional.empty(), Optional.empty(), confirmed));
        later.at(EVENING).settle();

        Optional<String> notes = ((StateChanged) now.lastEvent().fact()).notes();
        assertThat(((StateChanged) later.lastEvent().fact()).notes()).isEqualTo(notes);
        return notes;
    }

    @Test
    void anotherStateThanThePendingOneIsAMismatchAndTheChangeStaysAsItIs() {
        story.given(PROPOSAL);
        Optional<PlannedChange> pending = story.customer().pendingChange();

        Outcome outcome = story.outcome(confirm(CustomerState.BLOCKED, "fraud"));

        assertRejected(outcome, RejectionCode.STATE_MISMATCH, CommandField.STATE);
        assertThat(story.customer().pendingChange()).isEqualTo(pending);
        assertThat(story.events()).hasSize(2);
    }

    @Test
    void anotherReasonThanThePendingOneIsAMismatchAndTheChangeStaysAsItIs() {
        story.given(PROPOSAL);
        Optional<PlannedChange> pending = story.customer().pendingChange();

        Outcome outcome = story.outcome(confirm(CustomerState.SUSPENDED, "fraud"));

        assertRejected(outcome, RejectionCode.REASON_MISMATCH, CommandField.STATE_REASON);
        assertThat(story.customer().pendingChange()).isEqualTo(pending);
        assertThat(story.events()).hasSize(2);
    }

    @Test
    void aConfirmationNamesAReasonOfItsState() {
        story.given(PROPOSAL);
        ConfirmChange withoutReason = new ConfirmChange(
                CustomerState.SUSPENDED,
                new ReasonChoice.Missing(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(story.rejection(withoutReason)).isEqualTo(RejectionCode.REASON_REQUIRED);
        assertThat(story.rejection(confirm(CustomerState.SUSPENDED, "deceased")))
                .isEqualTo(RejectionCode.UNKNOWN_REASON);
    }

    @Test
    void confirmingForTheFutureDoesNotCheckTheTransitionWhichIsCheckedWhenItIsApplied() {
        Story strict = Story.under(PolicyFile.packagedStrict()).registered();
        strict.given(propose(CustomerState.BLOCKED, "fraud", EVENING));

        assertThat(strict.status(confirm(CustomerState.BLOCKED, "fraud"))).isEqualTo(OutcomeStatus.CONFIRMED);
        strict.at(EVENING).settle();
        assertThat(((ChangeFailed) strict.lastEvent().fact()).code()).isEqualTo(RejectionCode.ILLEGAL_TRANSITION);
    }

    @Test
    void confirmingForNowChecksTheTransitionAndTheChangeStaysPending() {
        Story strict = Story.under(PolicyFile.packagedStrict()).registered();
        strict.given(propose(CustomerState.BLOCKED, "fraud", EVENING));

        assertThat(strict.rejection(confirm(CustomerState.BLOCKED, "fraud", NOON)))
                .isEqualTo(RejectionCode.ILLEGAL_TRANSITION);
        assertThat(strict.customer().pendingChange()).isPresent();
        assertThat(strict.events()).hasSize(2);
    }

    @Test
    void aMismatchIsToldBeforeAnIllegalTransition() {
        Story strict = Story.under(PolicyFile.packagedStrict()).registered();
        strict.given(PROPOSAL);

        assertThat(strict.rejection(confirm(CustomerState.BLOCKED, "fraud", NOON)))
                .isEqualTo(RejectionCode.STATE_MISMATCH);
    }

    @Test
    void aConfirmationWithNothingPendingIsTurnedDown() {
        Outcome outcome = story.outcome(CONFIRMATION);

        assertThat(outcome.rejection().orElseThrow())
                .extracting(Rejection::code, Rejection::field)
                .containsExactly(RejectionCode.NO_PENDING_CHANGE, Optional.empty());
    }

    @Test
    void aConfirmationThatArrivesAfterACancellationAppliesNothing() {
        story.given(PROPOSAL).given(cancel(CustomerState.SUSPENDED, "nonPayment"));

        assertThat(story.rejection(CONFIRMATION)).isEqualTo(RejectionCode.NO_PENDING_CHANGE);
        assertThat(story.at(NIGHT).settle()).isEmpty();
        assertThat(story.customer().state()).isEqualTo(REGISTERED);
    }

    @Test
    void whatIsScheduledIsNotConfirmedAgain() {
        story.given(PROPOSAL).given(CONFIRMATION);

        assertThat(story.rejection(CONFIRMATION)).isEqualTo(RejectionCode.NO_PENDING_CHANGE);
    }

    @Test
    void aConfirmationWithNothingPendingIsTheChangeThatItDescribesIfThePolicySaysSo() {
        Story applying =
                Story.under(Policies.applyingConfirmationsWithoutPending()).registered();

        assertThat(applying.status(CONFIRMATION)).isEqualTo(OutcomeStatus.APPLIED);
        assertThat(applying.lastEvent().fact())
                .isEqualTo(new StateChanged(
                        REGISTERED, suspension(NOON), ChangeCause.COMMAND, Optional.empty(), Optional.empty(), false));
        assertThat(applying.status(CONFIRMATION)).isEqualTo(OutcomeStatus.UNCHANGED);
    }

    @Test
    void aConfirmationThatIsAChangeKeepsAllItSays() {
        Story applying =
                Story.under(Policies.applyingConfirmationsWithoutPending()).registered();

        Outcome outcome =
                applying.outcome(confirmation(Optional.of(EVENING), Optional.of(true), Optional.of("approved")));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SCHEDULED);
        assertThat(applying.lastEvent().fact())
                .isEqualTo(new ChangeScheduled("c-1:2", suspension(EVENING), true, Optional.of("approved")));
    }

    @Test
    void aPendingChangeIsConfirmedAsEverWhateverThePolicySaysOfNone() {
        Story applying =
                Story.under(Policies.applyingConfirmationsWithoutPending()).registered();
        applying.given(PROPOSAL);

        assertThat(applying.rejection(confirm(CustomerState.BLOCKED, "fraud"))).isEqualTo(RejectionCode.STATE_MISMATCH);
        assertThat(applying.status(CONFIRMATION)).isEqualTo(OutcomeStatus.CONFIRMED);
    }

    @Test
    void aConfirmationRegistersNobody() {
        assertThat(Story.under(Policies.registering()).rejection(CONFIRMATION))
                .isEqualTo(RejectionCode.UNKNOWN_CUSTOMER);
    }

    @Test
    void nothingIsConfirmedForADeactivatedCustomer() {
        story.given(change(CustomerState.DEACTIVATED, "contractEnd"));

        assertThat(story.rejection(confirm(CustomerState.ACTIVE, "nonsense")))
                .isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
    }

    @Test
    void confirmingATerminalStateForNowCancelsAllElseThatIsPlanned() {
        story.given(propose(CustomerState.DEACTIVATED, "deceased", EVENING));
        story.given(change(CustomerState.BLOCKED, "fraud", NIGHT));

        story.given(confirm(CustomerState.DEACTIVATED, "deceased", NOON));

        assertThat(story.factsAfter(3))
                .hasExactlyElementsOfTypes(ChangeConfirmed.class, StateChanged.class, ChangeCancelled.class)
                .last()
                .isEqualTo(new ChangeCancelled(
                        "c-1:3",
                        new StateValue(CustomerState.BLOCKED, "fraud", NIGHT),
                        CancelCause.TERMINAL_STATE,
                        Optional.empty()));
        assertThat(story.customer().plannedChanges()).isEmpty();
    }

    private static StateValue suspension(Instant validFrom) {
        return new StateValue(CustomerState.SUSPENDED, "nonPayment", validFrom);
    }

    private static ConfirmChange confirmation(
            Optional<Instant> validFrom, Optional<Boolean> subordinateUpdated, Optional<String> notes) {
        return new ConfirmChange(
                CustomerState.SUSPENDED, new ReasonChoice.Named("nonPayment"), validFrom, subordinateUpdated, notes);
    }

    private static void assertRejected(Outcome outcome, RejectionCode code, CommandField field) {
        assertThat(outcome.rejection().orElseThrow())
                .extracting(Rejection::code, Rejection::field)
                .isEqualTo(List.of(code, Optional.of(field)));
    }
}
