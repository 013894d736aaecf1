package dev.standing.domain.decision;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.changeWithDefaultReason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.CommandValidation;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.Unsupported;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.testing.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** {@code semantics.md} sections 3 to 5: immediate changes. */
class StateChangeTest {

    private final Story story = Story.underDefault().registered();

    @Test
    void aChangeWithoutDateAppliesFromNow() {
        StateValue before = story.customer().state();

        Outcome outcome = story.later(Duration.ofHours(1)).outcome(change(CustomerState.SUSPENDED, "nonPayment"));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.APPLIED);
        StateValue after = new StateValue(CustomerState.SUSPENDED, "nonPayment", story.clock());
        assertThat(last().fact())
                .isEqualTo(new StateChanged(
                        before, after, ChangeCause.COMMAND, Optional.empty(), Optional.empty(), false));
        assertThat(story.customer().state()).isEqualTo(after);
        assertThat(story.customer().stateRecordedAt()).isEqualTo(story.clock());
        assertThat(story.customer().registeredAt()).isEqualTo(NOON);
        assertThat(story.customer().version()).isEqualTo(2);
    }

    @Test
    void aChangeInThePastKeepsItsDateAndWhenItWasDecided() {
        Instant lastYear = Instant.parse("2025-05-01T00:00:00Z");

        story.outcome(change(CustomerState.SUSPENDED, "fraud", lastYear));

        assertThat(story.customer().state().validFrom()).isEqualTo(lastYear);
        assertThat(last().recordedAt()).isEqualTo(NOON);
    }

    @Test
    void notesAreKeptWithTheChange() {
        story.outcome(new ChangeState(
                CustomerState.SUSPENDED,
                new ReasonChoice.PolicyDefault(),
                Optional.empty(),
                false,
                Optional.of("on the phone")));

        assertThat(((StateChanged) last().fact()).notes()).contains("on the phone");
    }

    @Test
    void aChangeWithThePolicysReasonTakesTheDefaultOfTheState() {
        story.outcome(changeWithDefaultReason(CustomerState.BLOCKED));

        assertThat(story.customer().state().reason()).isEqualTo("dfltBlocked");
    }

    @Test
    void aChangeWithoutReasonRequiresOne() {
        Outcome outcome = story.outcome(new ChangeState(
                CustomerState.SUSPENDED, new ReasonChoice.Missing(), Optional.empty(), false, Optional.empty()));

        assertRejected(outcome, RejectionCode.REASON_REQUIRED, CommandField.STATE_REASON);
    }

    @Test
    void aReasonThatTheStateDoesNotHaveIsUnknown() {
        Outcome outcome = story.outcome(change(CustomerState.SUSPENDED, "deceased"));

        assertRejected(outcome, RejectionCode.UNKNOWN_REASON, CommandField.STATE_REASON);
        assertThat(outcome.rejection().orElseThrow().message()).contains("deceased", "nonPayment");
    }

    @Test
    void anotherReasonWithinTheStateNeedsNoTransition() {
        Story strict = Story.under(PolicyFile.packagedStrict()).registered();

        assertThat(strict.outcome(change(CustomerState.ACTIVE, "paymentReceived"))
                        .status())
                .isEqualTo(OutcomeStatus.APPLIED);
    }

    @Test
    void theSameStateAndReasonWithoutDateIsUnchangedWithoutEvent() {
        assertUnchanged(change(CustomerState.ACTIVE, "dfltActive"));
    }

    @Test
    void theSameStateFromNetXdIsUnchangedWhateverItsReason() {
        story.outcome(change(CustomerState.ACTIVE, "paymentReceived"));

        assertUnchanged(changeWithDefaultReason(CustomerState.ACTIVE));
    }

    @Test
    void theSameStateAndReasonFromTheSameDateIsUnchanged() {
        assertUnchanged(change(CustomerState.ACTIVE, "dfltActive", NOON));
    }

    @Test
    void theSameStateAndReasonFromAnEarlierDateIsApplied() {
        Outcome outcome = story.outcome(change(CustomerState.ACTIVE, "dfltActive", NOON.minusMillis(1)));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.APPLIED);
        assertThat(story.customer().state().validFrom()).isEqualTo(NOON.minusMillis(1));
    }

    @Test
    void anUnknownCustomerIsRejected() {
        Story nobody = Story.underDefault();

        Outcome outcome = nobody.outcome(change(CustomerState.ACTIVE, "dfltActive"));

        assertThat(outcome.rejection().orElseThrow())
                .extracting(Rejection::code, Rejection::field)
                .containsExactly(RejectionCode.UNKNOWN_CUSTOMER, Optional.of(CommandField.CUSTOMER_ID));
        assertThat(outcome.customer()).isEmpty();
    }

    @Test
    void anUnknownCustomerIsRegisteredFirstIfThePolicySaysSo() {
        Story nobody = Story.under(Policies.registering());

        Outcome outcome = nobody.outcome(change(CustomerState.SUSPENDED, "fraud"));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.APPLIED);
        assertThat(nobody.facts()).hasExactlyElementsOfTypes(CustomerRegistered.class, StateChanged.class);
        assertThat(nobody.customer().version()).isEqualTo(2);
    }

    @Test
    void anUnknownCustomerIsNotRegisteredByAChangeThatIsRejected() {
        Story nobody = Story.under(Policies.registering());

        Outcome outcome = nobody.outcome(change(CustomerState.SUSPENDED, "deceased"));

        assertThat(outcome.rejection().orElseThrow().code()).isEqualTo(RejectionCode.UNKNOWN_REASON);
        assertThat(nobody.found()).isEmpty();
    }

    @Test
    void aChangeThatNamesAnExternalIdWhichIsNotTheCustomersFindsNoCustomer() {
        Command command = story.command(change(CustomerState.SUSPENDED, "fraud"));
        Command named = new Command(
                command.customerId(),
                command.origin(),
                command.expectedVersion(),
                Optional.of(Story.CUSTOMER),
                command.instruction());

        Outcome outcome = story.outcome(named);

        assertRejected(outcome, RejectionCode.UNKNOWN_CUSTOMER, CommandField.CUSTOMER_EXTERNAL_ID);
    }

    @Test
    void theExpectedVersionIsThatOfTheCustomer() {
        assertThat(story.outcome(story.command("a", OptionalLong.of(1), change(CustomerState.BLOCKED, "fraud")))
                        .status())
                .isEqualTo(OutcomeStatus.APPLIED);

        Outcome second =
                story.outcome(story.command("b", OptionalLong.of(1), change(CustomerState.ACTIVE, "dfltActive")));

        assertThat(second.rejection().orElseThrow().code()).isEqualTo(RejectionCode.VERSION_CONFLICT);
        assertThat(story.events()).hasSize(2);
    }

    @Test
    void nothingChangesADeactivatedCustomerNotEvenItsReason() {
        story.outcome(change(CustomerState.DEACTIVATED, "contractEnd"));

        for (ChangeState change : List.of(
                change(CustomerState.ACTIVE, "dfltActive"),
                change(CustomerState.DEACTIVATED, "deceased"),
                change(CustomerState.DEACTIVATED, "contractEnd"),
                change(CustomerState.ACTIVE, "nonsense"))) {
            assertThat(story.outcome(change).rejection().orElseThrow().code())
                    .isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
        }
        assertThat(story.events()).hasSize(2);
    }

    @Test
    void whatThisVersionDoesNotDoIsAnsweredWithTheFieldToBlame() {
        Outcome outcome =
                story.outcome(new Unsupported("PROPOSE_CHANGE", CommandField.TYPE, "not supported yet", true));

        assertRejected(outcome, RejectionCode.INVALID_REQUEST, CommandField.TYPE);
    }

    @Test
    void whatThisVersionDoesNotDoIsLookedAtAgainByALaterOne() {
        Command proposal =
                story.command("r", new Unsupported("PROPOSE_CHANGE", CommandField.TYPE, "not supported yet", true));

        assertThat(story.decided(proposal).remembered()).isFalse();
        assertThat(story.outcome(story.command("r", change(CustomerState.BLOCKED, "fraud")))
                        .status())
                .isEqualTo(OutcomeStatus.APPLIED);
        assertThat(story.outcome(proposal).rejection().orElseThrow().code()).isEqualTo(RejectionCode.REQUEST_ID_REUSED);
    }

    @Test
    void whatThisVersionDoesNotDoIsNotDoneForAnUnknownCustomerFirst() {
        Unsupported proposal = new Unsupported("PROPOSE_CHANGE", CommandField.TYPE, "not supported yet", true);
        Unsupported registration = new Unsupported("REGISTER_CUSTOMER", CommandField.TYPE, "no section", false);

        assertThat(Story.underDefault()
                        .outcome(proposal)
                        .rejection()
                        .orElseThrow()
                        .code())
                .isEqualTo(RejectionCode.UNKNOWN_CUSTOMER);
        assertThat(Story.underDefault()
                        .outcome(registration)
                        .rejection()
                        .orElseThrow()
                        .code())
                .isEqualTo(RejectionCode.INVALID_REQUEST);
    }

    @Test
    void checksAreMadeInTheirOrder() {
        Instant tooLate = CommandValidation.MAX_DATE.plusMillis(1);
        Story deactivated = Story.underDefault().registered();
        deactivated.outcome(change(CustomerState.DEACTIVATED, "contractEnd"));

        assertThat(code(Story.underDefault(), OptionalLong.of(7), change(CustomerState.ACTIVE, "nonsense", tooLate)))
                .isEqualTo(RejectionCode.UNKNOWN_CUSTOMER);
        assertThat(code(deactivated, OptionalLong.of(7), change(CustomerState.ACTIVE, "nonsense", tooLate)))
                .isEqualTo(RejectionCode.VERSION_CONFLICT);
        assertThat(code(deactivated, OptionalLong.empty(), change(CustomerState.ACTIVE, "nonsense", tooLate)))
                .isEqualTo(RejectionCode.INVALID_REQUEST);
        assertThat(code(deactivated, OptionalLong.empty(), change(CustomerState.ACTIVE, "nonsense")))
                .isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
        Story blacklisted = Story.underDefault().registered(CustomerState.BLACKLISTED, "sanctionsHit");
        assertThat(code(blacklisted, OptionalLong.empty(), change(CustomerState.ACTIVE, "nonsense")))
                .isEqualTo(RejectionCode.UNKNOWN_REASON);
        assertThat(code(blacklisted, OptionalLong.empty(), change(CustomerState.ACTIVE, "dfltActive")))
                .isEqualTo(RejectionCode.ILLEGAL_TRANSITION);
    }

    @Test
    void recordedAtNeverRunsBackwards() {
        story.later(Duration.ofHours(-2)).outcome(change(CustomerState.SUSPENDED, "fraud"));

        assertThat(last().recordedAt()).isEqualTo(NOON);
        assertThat(story.customer().state().validFrom()).isEqualTo(NOON);
    }

    @Test
    void timeIsKeptToTheMillisecond() {
        story.later(Duration.ofNanos(1_999_999)).outcome(change(CustomerState.SUSPENDED, "fraud"));

        assertThat(last().recordedAt()).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void everyEventTellsItsOriginAndItsPolicyAndFollowsWithoutGap() {
        Command command = story.command("r-9", change(CustomerState.SUSPENDED, "fraud"));

        story.outcome(command);
        story.outcome(change(CustomerState.ACTIVE, "dfltActive"));

        assertThat(story.events()).extracting(Event::sequence).containsExactly(1L, 2L, 3L);
        assertThat(story.events().get(1))
                .extracting(Event::eventId, Event::origin, Event::policyVersion)
                .containsExactly("c-1:2", command.origin(), "default-1");
    }

    private Event last() {
        return story.events().get(story.events().size() - 1);
    }

    private void assertUnchanged(ChangeState change) {
        List<Fact> before = story.facts();

        Outcome outcome = story.later(Duration.ofHours(1)).outcome(change);

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.UNCHANGED);
        assertThat(outcome.customer()).contains(story.customer());
        assertThat(story.facts()).isEqualTo(before);
    }

    private void assertRejected(Outcome outcome, RejectionCode code, CommandField field) {
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.REJECTED);
        assertThat(outcome.rejection().orElseThrow().code()).isEqualTo(code);
        assertThat(outcome.rejection().orElseThrow().field()).contains(field);
        assertThat(outcome.customer()).contains(story.customer());
        assertThat(story.events()).hasSize(1);
    }

    private static RejectionCode code(Story story, OptionalLong expectedVersion, ChangeState change) {
        String requestId = "r-" + expectedVersion + change;
        return story.outcome(story.command(requestId, expectedVersion, change))
                .rejection()
                .orElseThrow()
                .code();
    }
}
