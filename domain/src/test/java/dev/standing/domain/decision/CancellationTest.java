package dev.standing.domain.decision;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.cancel;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.confirm;
import static dev.standing.domain.decision.Story.propose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.testing.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code semantics.md} section 6: cancellations, and what a terminal state cancels. */
class CancellationTest {

    private static final Instant EVENING = NOON.plus(Duration.ofHours(6));
    private static final Instant NIGHT = NOON.plus(Duration.ofHours(10));
    private static final StateValue SUSPENSION = new StateValue(CustomerState.SUSPENDED, "nonPayment", EVENING);
    private static final CancelChange CANCELLATION = cancel(CustomerState.SUSPENDED, "nonPayment");

    private final Story story = Story.underDefault().registered();

    @Test
    void thePendingChangeOfThatStateAndReasonIsCancelled() {
        proposeSuspension();

        Outcome outcome = story.outcome(CANCELLATION);

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.CANCELLED);
        assertThat(story.lastEvent().fact())
                .isEqualTo(new ChangeCancelled("c-1:2", SUSPENSION, CancelCause.COMMAND, Optional.empty()));
        assertThat(story.customer().plannedChanges()).isEmpty();
        assertThat(story.customer().version()).isEqualTo(3);
    }

    @Test
    void theNotesOfTheCancellationAreKeptWithIt() {
        proposeSuspension();

        story.given(new CancelChange(new ChangeSelection.ById("c-1:2"), Optional.of("paid after all")));

        assertThat(story.lastEvent().fact())
                .isEqualTo(
                        new ChangeCancelled("c-1:2", SUSPENSION, CancelCause.COMMAND, Optional.of("paid after all")));
    }

    @Test
    void aCancellationCarriesItsOwnOrigin() {
        proposeSuspension();
        Command cancellation = story.command(CANCELLATION);

        story.decide(cancellation);

        assertThat(story.lastEvent().origin()).isEqualTo(cancellation.origin());
    }

    @Test
    void whatWasCancelledIsNotApplied() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING)).given(CANCELLATION);

        assertThat(story.at(NIGHT).settle()).isEmpty();
    }

    @Test
    void anotherStateThanThePendingOneIsAMismatchAndTheChangeStaysAsItIs() {
        proposeSuspension();
        Customer before = story.customer();

        assertRejected(
                story.outcome(cancel(CustomerState.BLOCKED, "fraud")),
                RejectionCode.STATE_MISMATCH,
                Optional.of(CommandField.STATE));
        assertThat(story.customer()).isEqualTo(before);
    }

    @Test
    void anotherReasonThanThePendingOneIsAMismatchAndTheChangeStaysAsItIs() {
        proposeSuspension();
        Customer before = story.customer();

        assertRejected(
                story.outcome(cancel(CustomerState.SUSPENDED, "fraud")),
                RejectionCode.REASON_MISMATCH,
                Optional.of(CommandField.STATE_REASON));
        assertThat(story.customer()).isEqualTo(before);
    }

    @Test
    void aScheduledChangeIsNotCancelledByStateWhileAnotherIsPending() {
        story.given(change(CustomerState.BLOCKED, "fraud", EVENING));
        proposeSuspension();

        assertThat(story.rejection(cancel(CustomerState.BLOCKED, "fraud"))).isEqualTo(RejectionCode.STATE_MISMATCH);
    }

    @Test
    void thePendingChangeIsCancelledThoughAScheduledOneHasTheSameStateAndReason() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        proposeSuspension();

        story.given(CANCELLATION);

        assertThat(story.customer().plannedChanges())
                .extracting(PlannedChange::changeId)
                .containsExactly("c-1:2");
    }

    @Test
    void withNothingPendingTheOnlyScheduledChangeOfThatStateAndReasonIsCancelled() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        story.given(change(CustomerState.SUSPENDED, "fraud", EVENING));
        story.given(change(CustomerState.BLOCKED, "fraud", EVENING));

        assertThat(story.status(CANCELLATION)).isEqualTo(OutcomeStatus.CANCELLED);
        assertThat(story.customer().plannedChanges())
                .extracting(PlannedChange::changeId)
                .containsExactly("c-1:3", "c-1:4");
    }

    @Test
    void aChangeThatWasConfirmedIsCancelledAsAScheduledOne() {
        proposeSuspension();
        story.given(confirm(CustomerState.SUSPENDED, "nonPayment"));

        assertThat(story.status(CANCELLATION)).isEqualTo(OutcomeStatus.CANCELLED);
        assertThat(story.customer().plannedChanges()).isEmpty();
    }

    @Test
    void ofTwoScheduledChangesThatCouldBeMeantNoneIsCancelled() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        story.given(change(CustomerState.SUSPENDED, "nonPayment", NIGHT));
        Customer before = story.customer();

        assertRejected(story.outcome(CANCELLATION), RejectionCode.NO_PENDING_CHANGE, Optional.empty());
        assertThat(story.customer()).isEqualTo(before);
    }

    @Test
    void withNothingPlannedThereIsNothingToCancel() {
        assertRejected(story.outcome(CANCELLATION), RejectionCode.NO_PENDING_CHANGE, Optional.empty());
    }

    @Test
    void byIdExactlyThatChangeIsCancelledWhetherScheduledOrPending() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        proposeSuspension();

        assertThat(story.status(cancel("c-1:3"))).isEqualTo(OutcomeStatus.CANCELLED);
        assertThat(story.status(cancel("c-1:4"))).isEqualTo(OutcomeStatus.CANCELLED);
        assertThat(story.customer().plannedChanges())
                .extracting(PlannedChange::changeId)
                .containsExactly("c-1:2");
    }

    @Test
    void anIdThatNoPlannedChangeHasIsNotCancelled() {
        proposeSuspension();

        assertRejected(
                story.outcome(cancel("c-1:1")), RejectionCode.NO_PENDING_CHANGE, Optional.of(CommandField.CHANGE_ID));
        assertThat(story.customer().pendingChange()).isPresent();
    }

    @Test
    void whatWasAppliedCanNoMoreBeCancelled() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        story.at(EVENING);

        assertThat(story.rejection(cancel("c-1:2"))).isEqualTo(RejectionCode.NO_PENDING_CHANGE);
        assertThat(story.customer().state()).isEqualTo(SUSPENSION);
    }

    @Test
    void aCancellationByStateNamesAReasonOfIt() {
        CancelChange withoutReason = new CancelChange(
                new ChangeSelection.ByState(CustomerState.SUSPENDED, new ReasonChoice.Missing()), Optional.empty());

        assertThat(story.rejection(withoutReason)).isEqualTo(RejectionCode.REASON_REQUIRED);
        assertThat(story.rejection(cancel(CustomerState.SUSPENDED, "deceased")))
                .isEqualTo(RejectionCode.UNKNOWN_REASON);
    }

    @Test
    void aCancellationRegistersNobody() {
        assertThat(Story.under(Policies.registering()).rejection(CANCELLATION))
                .isEqualTo(RejectionCode.UNKNOWN_CUSTOMER);
    }

    @Test
    void nothingIsCancelledForADeactivatedCustomer() {
        story.given(change(CustomerState.DEACTIVATED, "contractEnd"));

        assertThat(story.rejection(cancel(CustomerState.ACTIVE, "nonsense")))
                .isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
        assertThat(story.rejection(cancel("c-1:2"))).isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
    }

    @Test
    void enteringATerminalStateCancelsAllThatIsPlannedEachWithAnEvent() {
        story.given(change(CustomerState.BLOCKED, "fraud", NIGHT));
        proposeSuspension();
        Command deactivation = story.command(change(CustomerState.DEACTIVATED, "deceased"));

        story.decide(deactivation);

        assertThat(story.factsAfter(3))
                .hasExactlyElementsOfTypes(StateChanged.class, ChangeCancelled.class, ChangeCancelled.class)
                .endsWith(
                        new ChangeCancelled("c-1:3", SUSPENSION, CancelCause.TERMINAL_STATE, Optional.empty()),
                        new ChangeCancelled(
                                "c-1:2",
                                new StateValue(CustomerState.BLOCKED, "fraud", NIGHT),
                                CancelCause.TERMINAL_STATE,
                                Optional.empty()));
        assertThat(story.events().subList(3, 6)).extracting(Event::origin).containsOnly(deactivation.origin());
        assertThat(story.customer().plannedChanges()).isEmpty();
    }

    @Test
    void aScheduledTerminalStateCancelsAllElseThatIsPlannedWhenItIsDue() {
        story.given(change(CustomerState.DEACTIVATED, "contractEnd", EVENING));
        story.given(change(CustomerState.BLOCKED, "fraud", NIGHT));

        story.at(NIGHT).settle();

        assertThat(story.factsAfter(3)).hasExactlyElementsOfTypes(StateChanged.class, ChangeCancelled.class);
        assertThat(story.customer().state().state()).isEqualTo(CustomerState.DEACTIVATED);
        assertThat(story.customer().plannedChanges()).isEmpty();
    }

    private void proposeSuspension() {
        story.given(propose(CustomerState.SUSPENDED, "nonPayment", EVENING));
    }

    private static void assertRejected(Outcome outcome, RejectionCode code, Optional<CommandField> field) {
        assertThat(outcome.rejection().orElseThrow())
                .extracting(Rejection::code, Rejection::field)
                .containsExactly(code, field);
    }
}
