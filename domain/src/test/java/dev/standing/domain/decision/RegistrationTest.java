package dev.standing.domain.decision;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.confirm;
import static dev.standing.domain.decision.Story.propose;
import static dev.standing.domain.decision.Story.registration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Decision.AwaitsExternalId;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.testing.Policies;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** {@code semantics.md} sections 2 and 3: registration. */
class RegistrationTest {

    private final Story story = Story.underDefault();

    @Test
    void aRegistrationThatSaysNothingBeginsActiveWithTheDefaultReasonFromNow() {
        Outcome outcome = story.outcome(registration());

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.REGISTERED);
        assertThat(story.facts())
                .containsExactly(new CustomerRegistered(
                        Optional.empty(), new StateValue(CustomerState.ACTIVE, "dfltActive", NOON), Map.of()));
        assertThat(outcome.customer()).contains(story.customer());
        assertThat(story.customer().version()).isEqualTo(1);
        assertThat(story.customer().sequence()).isEqualTo(1);
        assertThat(story.customer().registeredAt()).isEqualTo(NOON);
    }

    @Test
    void aRegistrationMayGiveStateReasonAndAPastDate() {
        story.outcome(registration(
                Optional.of(CustomerState.SUSPENDED), Optional.of("nonPayment"), Optional.of(NOON.minusSeconds(60))));

        assertThat(story.customer().state())
                .isEqualTo(new StateValue(CustomerState.SUSPENDED, "nonPayment", NOON.minusSeconds(60)));
        assertThat(story.customer().stateRecordedAt()).isEqualTo(NOON);
    }

    @Test
    void aRegistrationKeepsExternalIdAndAttributes() {
        RegisterCustomer registration = new RegisterCustomer(
                Optional.of(Story.CUSTOMER),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("segment", "retail"));
        story.decide(story.command(registration), ClaimStatus.GRANTED);

        assertThat(story.customer().externalId()).contains(Story.CUSTOMER);
        assertThat(story.customer().attributes()).containsExactly(Map.entry("segment", "retail"));
    }

    @Test
    void aRegistrationInATerminalStateIsInvalid() {
        Outcome outcome = story.outcome(
                registration(Optional.of(CustomerState.DEACTIVATED), Optional.of("contractEnd"), Optional.empty()));

        assertRejected(outcome, RejectionCode.INVALID_REQUEST, CommandField.STATE);
    }

    @Test
    void aRegistrationWithADateInTheFutureIsInvalid() {
        Outcome outcome =
                story.outcome(registration(Optional.empty(), Optional.empty(), Optional.of(NOON.plusMillis(1))));

        assertRejected(outcome, RejectionCode.INVALID_REQUEST, CommandField.VALID_FROM);
    }

    @Test
    void aRegistrationFromThisVeryInstantIsNotInTheFuture() {
        assertThat(story.outcome(registration(Optional.empty(), Optional.empty(), Optional.of(NOON)))
                        .status())
                .isEqualTo(OutcomeStatus.REGISTERED);
    }

    @Test
    void aStateWithoutReasonRequiresOne() {
        Outcome outcome =
                story.outcome(registration(Optional.of(CustomerState.ACTIVE), Optional.empty(), Optional.empty()));

        assertRejected(outcome, RejectionCode.REASON_REQUIRED, CommandField.STATE_REASON);
    }

    @Test
    void aReasonWithoutStateIsInvalid() {
        Outcome outcome = story.outcome(registration(Optional.empty(), Optional.of("dfltActive"), Optional.empty()));

        assertRejected(outcome, RejectionCode.INVALID_REQUEST, CommandField.STATE_REASON);
    }

    @Test
    void aReasonOfAnotherStateIsUnknown() {
        Outcome outcome = story.outcome(
                registration(Optional.of(CustomerState.ACTIVE), Optional.of("nonPayment"), Optional.empty()));

        assertRejected(outcome, RejectionCode.UNKNOWN_REASON, CommandField.STATE_REASON);
    }

    @Test
    void aRegistrationThatNamesAnExternalIdIsDecidedWhenItsClaimIs() {
        RegisterCustomer registration = new RegisterCustomer(
                Optional.of("x-1"), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

        assertThat(story.decide(story.command("r-1", registration))).isEqualTo(new AwaitsExternalId("x-1"));
        assertThat(story.found()).isEmpty();

        Decided decided = (Decided) story.decide(story.command("r-1", registration), ClaimStatus.GRANTED);
        assertThat(decided.outcome().status()).isEqualTo(OutcomeStatus.REGISTERED);
    }

    @Test
    void anExternalIdOfAnotherCustomerIsTaken() {
        RegisterCustomer registration = new RegisterCustomer(
                Optional.of("x-1"), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

        Decided decided = (Decided) story.decide(story.command("r-1", registration), ClaimStatus.REFUSED);

        assertRejected(decided.outcome(), RejectionCode.EXTERNAL_ID_TAKEN, CommandField.EXTERNAL_ID);
        assertThat(decided.remembered()).isTrue();
    }

    @Test
    void aSecondRegistrationIsAlreadyRegisteredAndChangesNothing() {
        story.registered();

        Outcome outcome = story.later(Duration.ofDays(1)).outcome(registration());

        assertThat(outcome.rejection().orElseThrow().code()).isEqualTo(RejectionCode.ALREADY_REGISTERED);
        assertThat(outcome.customer()).contains(story.customer());
        assertThat(story.events()).hasSize(1);
    }

    @Test
    void aRepeatedRegistrationOfADeactivatedCustomerIsAlreadyRegistered() {
        story.registered();
        story.outcome(change(CustomerState.DEACTIVATED, "contractEnd"));

        assertThat(story.outcome(registration()).rejection().orElseThrow().code())
                .isEqualTo(RejectionCode.ALREADY_REGISTERED);
    }

    @Test
    void aRegistrationMayExpectThatNoVersionExists() {
        assertThat(story.outcome(story.command("r", OptionalLong.of(0), registration()))
                        .status())
                .isEqualTo(OutcomeStatus.REGISTERED);
    }

    @Test
    void aRegistrationThatExpectsAVersionConflicts() {
        Outcome outcome = story.outcome(story.command("r", OptionalLong.of(1), registration()));

        assertRejected(outcome, RejectionCode.VERSION_CONFLICT, CommandField.EXPECTED_VERSION);
    }

    @Test
    void aRegistrationCanRegisterAndUnderTheDefaultPolicyNothingElse() {
        Decider decider = new Decider(PolicyFile.packagedDefault());

        assertThat(decider.canRegister(story.command(registration()))).isTrue();
        assertThat(decider.canRegister(story.command(change(CustomerState.BLOCKED, "fraud"))))
                .isFalse();
    }

    @Test
    void aChangeOrAProposalCanRegisterIfThePolicySaysSoUnlessItNamesTheCustomerByExternalId() {
        Decider decider = new Decider(Policies.registering());
        Command change = story.command(change(CustomerState.BLOCKED, "fraud"));

        assertThat(decider.canRegister(change)).isTrue();
        assertThat(decider.canRegister(story.command(propose(CustomerState.BLOCKED, "fraud", NOON))))
                .isTrue();
        assertThat(decider.canRegister(story.command(confirm(CustomerState.BLOCKED, "fraud"))))
                .isFalse();
        assertThat(decider.canRegister(new Command(
                        change.customerId(),
                        change.origin(),
                        change.expectedVersion(),
                        Optional.of("x-1"),
                        change.instruction())))
                .isFalse();
    }

    @Test
    void aChangeIsOfTheCustomerWhoseExternalIdItNames() {
        RegisterCustomer registration = new RegisterCustomer(
                Optional.of("x-1"), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
        story.decide(story.command(registration), ClaimStatus.GRANTED);
        Command change = story.command(change(CustomerState.BLOCKED, "fraud"));

        Outcome outcome = story.outcome(new Command(
                change.customerId(),
                change.origin(),
                change.expectedVersion(),
                Optional.of("x-1"),
                change.instruction()));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.APPLIED);
    }

    private void assertRejected(Outcome outcome, RejectionCode code, CommandField field) {
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.REJECTED);
        assertThat(outcome.rejection().orElseThrow().code()).isEqualTo(code);
        assertThat(outcome.rejection().orElseThrow().field()).contains(field);
        assertThat(story.events()).isEmpty();
        assertThat(story.found()).isEmpty();
    }
}
