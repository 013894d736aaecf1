package dev.standing.domain.decision;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.cancel;
import static dev.standing.domain.decision.Story.change;
import static dev.standing.domain.decision.Story.confirm;
import static dev.standing.domain.decision.Story.propose;
import static dev.standing.domain.policy.AutomaticEnd.Action.CANCEL;
import static dev.standing.domain.policy.AutomaticEnd.Action.CONFIRM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Decision.Replayed;
import dev.standing.domain.decision.Settlement.DueTime;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.PendingOverdue;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.policy.StatePolicy;
import dev.standing.domain.testing.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code semantics.md} section 4, step 2, and what time brings about by section 6. */
class SettlementTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant EVENING = NOON.plus(Duration.ofHours(6));
    private static final Instant NIGHT = NOON.plus(Duration.ofHours(10));
    private static final StateValue REGISTERED = new StateValue(CustomerState.ACTIVE, "dfltActive", NOON);
    private static final StateValue SUSPENSION = new StateValue(CustomerState.SUSPENDED, "nonPayment", EVENING);
    private static final StateValue BLOCKING = new StateValue(CustomerState.BLOCKED, "fraud", EVENING);
    private static final ProposeChange PROPOSAL = propose(CustomerState.SUSPENDED, "nonPayment", EVENING);

    private final Story story = Story.underDefault().registered();

    @Test
    void aCommandDoesNotOvertakeWhatWasDueBeforeIt() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        Decided decided = story.at(NIGHT).decided(change(CustomerState.BLOCKED, "fraud"));

        StateValue blocked = new StateValue(CustomerState.BLOCKED, "fraud", NIGHT);
        assertThat(decided.events())
                .extracting(Event::fact)
                .containsExactly(due(REGISTERED, SUSPENSION, "c-1:2"), command(SUSPENSION, blocked));
        assertThat(decided.outcome().customer().orElseThrow().state()).isEqualTo(blocked);
    }

    @Test
    void whatIsSettledBeforeACommandIsWhatTheCommandIsAskedAgainst() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        story.at(NIGHT);

        assertThat(story.status(change(CustomerState.SUSPENDED, "nonPayment"))).isEqualTo(OutcomeStatus.UNCHANGED);
        assertThat(story.customer().state()).isEqualTo(SUSPENSION);
    }

    @Test
    void whatIsDueAtTheVeryInstantOfACommandComesFirst() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        story.at(EVENING).given(change(CustomerState.BLOCKED, "fraud"));

        assertThat(story.factsAfter(2))
                .containsExactly(due(REGISTERED, SUSPENSION, "c-1:2"), command(SUSPENSION, BLOCKING));
    }

    @Test
    void settlingStandsEvenIfTheCommandIsRejected() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        Decided decided = story.at(NIGHT).decided(change(CustomerState.BLOCKED, "nonsense"));

        assertThat(decided.outcome().rejection().orElseThrow().code()).isEqualTo(RejectionCode.UNKNOWN_REASON);
        assertThat(decided.events()).extracting(Event::fact).containsExactly(due(REGISTERED, SUSPENSION, "c-1:2"));
        assertThat(decided.outcome().customer()).contains(story.customer());
        assertThat(story.customer().state()).isEqualTo(SUSPENSION);
    }

    @Test
    void settlingStandsEvenIfTheCustomerIsRegisteredAgain() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        assertThat(story.at(NIGHT).rejection(Story.registration())).isEqualTo(RejectionCode.ALREADY_REGISTERED);
        assertThat(story.customer().state()).isEqualTo(SUSPENSION);
    }

    @Test
    void theExpectedVersionIsThatAfterSettling() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        story.at(NIGHT);

        Outcome before = story.outcome(story.command("a", OptionalLong.of(2), change(CustomerState.BLOCKED, "fraud")));
        Outcome after = story.outcome(story.command("b", OptionalLong.of(3), change(CustomerState.BLOCKED, "fraud")));

        assertThat(before.rejection().orElseThrow().code()).isEqualTo(RejectionCode.VERSION_CONFLICT);
        assertThat(after.status()).isEqualTo(OutcomeStatus.APPLIED);
    }

    @Test
    void aReplayedCommandDoesNotSettle() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        story.decide(story.command("r", change(CustomerState.BLOCKED, "fraud")));

        Decision again = story.at(NIGHT).decide(story.command("r", change(CustomerState.BLOCKED, "fraud")));

        assertThat(again).isEqualTo(new Replayed());
        assertThat(story.customer().plannedChanges()).hasSize(1);
    }

    @Test
    void aReusedRequestIdDoesNotSettle() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        story.decide(story.command("r", change(CustomerState.BLOCKED, "fraud")));

        Decided reused = story.at(NIGHT).decided(story.command("r", change(CustomerState.DORMANT, "noActivity")));

        assertThat(reused.outcome().rejection().orElseThrow().code()).isEqualTo(RejectionCode.REQUEST_ID_REUSED);
        assertThat(reused.events()).isEmpty();
        assertThat(reused.outcome().customer()).contains(story.customer());
        assertThat(story.customer().plannedChanges()).hasSize(1);
    }

    @Test
    void whatIsSettledCarriesTheOriginOfTheCommandThatPlannedIt() {
        Command scheduling = story.command(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        Command proposal = story.command(propose(CustomerState.BLOCKED, "fraud", EVENING));
        story.decide(scheduling);
        story.decide(proposal);
        Command later = story.command(change(CustomerState.DORMANT, "noActivity"));

        Decided decided = story.at(NIGHT).decided(later);

        assertThat(decided.events())
                .extracting(Event::origin)
                .containsExactly(scheduling.origin(), proposal.origin(), later.origin());
    }

    @Test
    void whatIsDueEarlierIsSettledEarlierWhateverTheOrderOfAcceptance() {
        story.given(change(CustomerState.BLOCKED, "fraud", NIGHT));
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        story.at(NIGHT).settle();

        StateValue blocked = new StateValue(CustomerState.BLOCKED, "fraud", NIGHT);
        assertThat(story.factsAfter(3))
                .containsExactly(due(REGISTERED, SUSPENSION, "c-1:3"), due(SUSPENSION, blocked, "c-1:2"));
    }

    @Test
    void whatIsDueAtTheSameInstantIsSettledInTheOrderOfAcceptance() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        story.given(change(CustomerState.BLOCKED, "fraud", EVENING));

        story.at(EVENING).settle();

        assertThat(story.factsAfter(3))
                .containsExactly(due(REGISTERED, SUSPENSION, "c-1:2"), due(SUSPENSION, BLOCKING, "c-1:3"));
    }

    @Test
    void aProposalThatWasAcceptedFirstIsSettledFirst() {
        Story confirming = Story.under(Policies.endingPendingChanges(CONFIRM, Duration.ZERO))
                .registered();
        confirming.given(PROPOSAL).given(change(CustomerState.BLOCKED, "fraud", EVENING));

        confirming.at(EVENING).settle();

        assertThat(confirming.customer().state()).isEqualTo(BLOCKING);
    }

    @Test
    void theOrderIsThatOfTheTimeWhenItIsDueNotOfTheDate() {
        Story confirming =
                Story.under(Policies.endingPendingChanges(CONFIRM, HOUR)).registered();
        confirming.given(PROPOSAL).given(change(CustomerState.BLOCKED, "fraud", EVENING.plusSeconds(60)));

        confirming.at(NIGHT).settle();

        assertThat(confirming.customer().state())
                .as("confirmed an hour after its date")
                .isEqualTo(SUSPENSION);
    }

    @Test
    void settlingAgainBringsNothing() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING)).given(PROPOSAL);
        story.at(NIGHT).settle();

        assertThat(story.later(HOUR).settle()).isEmpty();
    }

    @Test
    void settlingIsRecordedNotBeforeTheLastEvent() {
        story.at(NIGHT).given(change(CustomerState.DORMANT, "noActivity"));
        story.given(change(CustomerState.SUSPENDED, "nonPayment", NIGHT.plusMillis(1)));

        assertThat(story.at(EVENING).settle()).isEmpty();
        assertThat(story.at(NIGHT.plusMillis(1)).settle()).hasSize(1);
        assertThat(story.at(EVENING)
                        .decided(change(CustomerState.BLOCKED, "fraud"))
                        .events())
                .extracting(Event::recordedAt)
                .containsExactly(NIGHT.plusMillis(1));
    }

    @Test
    void aChangeThatHasBecomeIllegalFailsWithTheCodeAndLeavesTheStateAsItIs() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));
        story.given(change(CustomerState.BLACKLISTED, "sanctionsHit"));
        StateValue blacklisted = story.customer().state();

        story.at(EVENING).settle();

        assertThat(story.factsAfter(3))
                .containsExactly(new ChangeFailed(
                        "c-1:2",
                        SUSPENSION,
                        RejectionCode.ILLEGAL_TRANSITION,
                        "The policy default-1 does not lead from BLACKLISTED to SUSPENDED"));
        assertThat(story.customer().state()).isEqualTo(blacklisted);
        assertThat(story.customer().plannedChanges()).isEmpty();
        assertThat(story.customer().version()).isEqualTo(4);
    }

    @Test
    void aChangeWhoseReasonThePolicyNoLongerHasFails() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        story.nowUnder(withSuspension(new StatePolicy(
                        PolicyFile.packagedDefault()
                                .of(CustomerState.SUSPENDED)
                                .reasons()
                                .subList(0, 1),
                        "dfltSuspended",
                        Set.of(),
                        false)))
                .at(EVENING)
                .settle();

        assertThat(((ChangeFailed) story.lastEvent().fact()).code()).isEqualTo(RejectionCode.UNKNOWN_REASON);
    }

    @Test
    void aChangeOfACustomerWhoseStateThePolicyHasMadeTerminalFails() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment"));
        story.given(change(CustomerState.SUSPENDED, "fraud", EVENING));

        StatePolicy suspended = PolicyFile.packagedDefault().of(CustomerState.SUSPENDED);
        story.nowUnder(withSuspension(new StatePolicy(suspended.reasons(), suspended.defaultReason(), Set.of(), true)))
                .at(EVENING)
                .settle();

        assertThat(((ChangeFailed) story.lastEvent().fact()).code()).isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
    }

    @Test
    void anUnconfirmedChangeWhoseDateHasPassedStaysPendingAndThatIsToldOnce() {
        story.given(PROPOSAL);

        assertThat(story.at(EVENING.minusMillis(1)).settle()).isEmpty();
        assertThat(story.at(EVENING).settle())
                .extracting(Event::fact)
                .containsExactly(new PendingOverdue("c-1:2", SUSPENSION));
        assertThat(story.at(NIGHT).settle()).isEmpty();
        assertThat(story.customer().pendingChange().orElseThrow().overdue()).isTrue();
    }

    @Test
    void anOverdueNoticeDoesNotChangeTheVersion() {
        story.given(PROPOSAL);

        story.at(EVENING).settle();

        assertThat(story.customer().version()).isEqualTo(2);
        assertThat(story.customer().sequence()).isEqualTo(3);
    }

    @Test
    void anOverdueChangeKeepsItsPlaceAndOriginAndCanBeConfirmed() {
        Command proposal = story.command(PROPOSAL);
        story.decide(proposal);
        story.at(EVENING).settle();

        assertThat(story.customer().pendingChange().orElseThrow().origin()).isEqualTo(proposal.origin());
        assertThat(story.status(confirm(CustomerState.SUSPENDED, "nonPayment"))).isEqualTo(OutcomeStatus.APPLIED);
        assertThat(story.customer().state()).isEqualTo(SUSPENSION);
    }

    @Test
    void aProposalWithAPastDateIsOverdueFromTheTimeOfTheProposal() {
        story.given(propose(CustomerState.SUSPENDED, "nonPayment", NOON.minus(HOUR)));

        assertThat(story.settle()).extracting(Event::fact).hasExactlyElementsOfTypes(PendingOverdue.class);
    }

    @Test
    void aSecondProposalIsToldOverdueAgain() {
        story.given(PROPOSAL).at(EVENING).settle();
        story.given(propose(CustomerState.BLOCKED, "fraud", NIGHT));

        assertThat(story.at(NIGHT).settle()).extracting(Event::fact).hasExactlyElementsOfTypes(PendingOverdue.class);
    }

    @Test
    void aPendingChangeIsConfirmedAtItsDateIfThePolicySaysSo() {
        Story confirming = Story.under(Policies.endingPendingChanges(CONFIRM, Duration.ZERO))
                .registered();
        Command proposal = confirming.command(new ProposeChange(
                CustomerState.SUSPENDED,
                new ReasonChoice.Named("nonPayment"),
                EVENING,
                true,
                Optional.of("third reminder")));
        confirming.decide(proposal);

        assertThat(confirming.at(EVENING.minusMillis(1)).settle()).isEmpty();
        List<Event> settled = confirming.at(EVENING).settle();

        assertThat(settled)
                .extracting(Event::fact)
                .containsExactly(
                        new ChangeConfirmed("c-1:2", SUSPENSION, EVENING, true, ChangeCause.AUTO, Optional.empty()),
                        new StateChanged(
                                REGISTERED,
                                SUSPENSION,
                                ChangeCause.AUTO,
                                Optional.of("c-1:2"),
                                Optional.of("third reminder"),
                                true));
        assertThat(settled).extracting(Event::origin).containsOnly(proposal.origin());
    }

    @Test
    void aPendingChangeIsCancelledAtItsDateIfThePolicySaysSo() {
        Story cancelling = Story.under(Policies.endingPendingChanges(CANCEL, Duration.ZERO))
                .registered();
        cancelling.given(PROPOSAL);

        assertThat(cancelling.at(EVENING).settle())
                .extracting(Event::fact)
                .containsExactly(new ChangeCancelled("c-1:2", SUSPENSION, CancelCause.AUTO, Optional.empty()));
    }

    @Test
    void anAutomaticEndWithADelayComesAfterTheOverdueNotice() {
        Story cancelling =
                Story.under(Policies.endingPendingChanges(CANCEL, HOUR)).registered();
        cancelling.given(PROPOSAL);

        assertThat(cancelling.at(EVENING).settle())
                .extracting(Event::fact)
                .hasExactlyElementsOfTypes(PendingOverdue.class);
        assertThat(cancelling.at(EVENING.plus(HOUR).minusMillis(1)).settle()).isEmpty();
        assertThat(cancelling.at(EVENING.plus(HOUR)).settle())
                .extracting(Event::fact)
                .hasExactlyElementsOfTypes(ChangeCancelled.class);
    }

    @Test
    void anAutomaticEndAndItsNoticeAreBothSettledWhenPunctuationIsLate() {
        Story confirming =
                Story.under(Policies.endingPendingChanges(CONFIRM, HOUR)).registered();
        confirming.given(PROPOSAL);

        assertThat(confirming.at(NIGHT).settle())
                .extracting(Event::fact)
                .hasExactlyElementsOfTypes(PendingOverdue.class, ChangeConfirmed.class, StateChanged.class);
        assertThat(confirming.customer().state()).isEqualTo(SUSPENSION);
    }

    @Test
    void theDelayCountsFromTheTimeOfTheProposalIfItsDateHadPassed() {
        Story cancelling =
                Story.under(Policies.endingPendingChanges(CANCEL, HOUR)).registered();
        cancelling.given(propose(CustomerState.SUSPENDED, "nonPayment", NOON.minus(Duration.ofDays(1))));
        cancelling.settle();

        assertThat(cancelling.at(NOON.plus(HOUR).minusMillis(1)).settle()).isEmpty();
        assertThat(cancelling.at(NOON.plus(HOUR)).settle()).hasSize(1);
    }

    @Test
    void aProposalForThePastIsConfirmedByItselfAtOnceWithoutADelay() {
        Story confirming = Story.under(Policies.endingPendingChanges(CONFIRM, Duration.ZERO))
                .registered();

        Outcome outcome = confirming.outcome(propose(CustomerState.SUSPENDED, "nonPayment", NOON.minus(HOUR)));

        assertThat(outcome.status()).as("the command plans, time alone applies").isEqualTo(OutcomeStatus.PENDING);
        confirming.settle();
        assertThat(confirming.customer().state())
                .isEqualTo(new StateValue(CustomerState.SUSPENDED, "nonPayment", NOON.minus(HOUR)));
    }

    @Test
    void aChangeThatIsConfirmedByItselfAndHasBecomeIllegalFails() {
        Story confirming = Story.under(Policies.endingPendingChanges(CONFIRM, Duration.ZERO))
                .registered();
        confirming.given(PROPOSAL).given(change(CustomerState.BLACKLISTED, "sanctionsHit"));

        confirming.at(EVENING).settle();

        assertThat(confirming.factsAfter(3)).hasExactlyElementsOfTypes(ChangeConfirmed.class, ChangeFailed.class);
        assertThat(confirming.customer().plannedChanges()).isEmpty();
    }

    @Test
    void aConfirmationThatComesAfterTheAutomaticEndIsTooLate() {
        Story cancelling = Story.under(Policies.endingPendingChanges(CANCEL, Duration.ZERO))
                .registered();
        cancelling.given(PROPOSAL);

        assertThat(cancelling.at(EVENING).rejection(confirm(CustomerState.SUSPENDED, "nonPayment")))
                .isEqualTo(RejectionCode.NO_PENDING_CHANGE);
        assertThat(cancelling.customer().pendingChange()).isEmpty();
    }

    @Test
    void aPendingChangeThatWasConfirmedOrCancelledDoesNotEndByItself() {
        Story cancelling = Story.under(Policies.endingPendingChanges(CANCEL, Duration.ZERO))
                .registered();
        cancelling.given(PROPOSAL).given(confirm(CustomerState.SUSPENDED, "nonPayment"));
        cancelling.given(propose(CustomerState.BLOCKED, "fraud", EVENING)).given(cancel("c-1:4"));

        cancelling.at(EVENING).settle();

        assertThat(cancelling.factsAfter(5)).containsExactly(due(REGISTERED, SUSPENSION, "c-1:2"));
    }

    @Test
    void aTerminalStateThatIsDueEndsWhatWouldBeDueAfterIt() {
        story.given(change(CustomerState.DEACTIVATED, "contractEnd", EVENING));
        story.given(change(CustomerState.BLOCKED, "fraud", EVENING));
        story.given(PROPOSAL);

        Outcome outcome = story.at(NIGHT).outcome(change(CustomerState.ACTIVE, "dfltActive"));

        assertThat(outcome.rejection().orElseThrow().code()).isEqualTo(RejectionCode.CUSTOMER_DEACTIVATED);
        assertThat(story.factsAfter(4))
                .hasExactlyElementsOfTypes(StateChanged.class, ChangeCancelled.class, ChangeCancelled.class);
    }

    @Test
    void anEventOfWhatIsSettledNamesThePolicyThatSettledIt() {
        story.given(change(CustomerState.SUSPENDED, "nonPayment", EVENING));

        story.nowUnder(PolicyFile.packagedStrict()).at(EVENING).settle();

        assertThat(story.lastEvent().policyVersion()).isEqualTo("strict-1");
    }

    @Test
    void theNextTimeOfEachPlannedChangeIsToldInAdvance() {
        story.given(change(CustomerState.BLOCKED, "fraud", NIGHT)).given(PROPOSAL);
        Settlement settlement = new Settlement(PolicyFile.packagedDefault());

        assertThat(settlement.dueTimes(story.customer()))
                .containsExactlyInAnyOrder(new DueTime(NIGHT, "c-1:2"), new DueTime(EVENING, "c-1:3"));
        story.at(EVENING).settle();
        assertThat(settlement.dueTimes(story.customer()))
                .as("an overdue change waits for people alone")
                .containsExactly(new DueTime(NIGHT, "c-1:2"));
    }

    @Test
    void theTimeOfAnAutomaticEndIsToldAfterThatOfTheOverdueNotice() {
        Policy policy = Policies.endingPendingChanges(CANCEL, HOUR);
        Story cancelling = Story.under(policy).registered().given(PROPOSAL);
        Settlement settlement = new Settlement(policy);

        assertThat(settlement.dueTimes(cancelling.customer())).containsExactly(new DueTime(EVENING, "c-1:2"));
        cancelling.at(EVENING).settle();
        assertThat(settlement.dueTimes(cancelling.customer()))
                .containsExactly(new DueTime(EVENING.plus(HOUR), "c-1:2"));
    }

    private static StateChanged due(StateValue before, StateValue after, String changeId) {
        return new StateChanged(before, after, ChangeCause.DUE, Optional.of(changeId), Optional.empty(), false);
    }

    private static StateChanged command(StateValue before, StateValue after) {
        return new StateChanged(before, after, ChangeCause.COMMAND, Optional.empty(), Optional.empty(), false);
    }

    private static Policy withSuspension(StatePolicy suspended) {
        Policy policy = PolicyFile.packagedDefault();
        Map<CustomerState, StatePolicy> states = new EnumMap<>(policy.states());
        states.put(CustomerState.SUSPENDED, suspended);
        return new Policy(
                "other-1", states, policy.unknownCustomer(), policy.planning(), policy.idempotencyRetention());
    }
}
