package dev.standing.audit.whatif;

import static dev.standing.audit.whatif.WrittenLog.hours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.log.Place;
import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RegisteredSubordinate;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.domain.event.Event;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.StatePolicy;
import dev.standing.domain.testing.NamedPolicy;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    private static final Policy DEFAULT = NamedPolicy.DEFAULT.policy();

    private final WrittenLog log = new WrittenLog(DEFAULT);

    private static Policy withActive(StatePolicy active) {
        Map<CustomerState, StatePolicy> states = new EnumMap<>(DEFAULT.states());
        states.put(CustomerState.ACTIVE, active);
        return new Policy(
                "other", states, DEFAULT.unknownCustomer(), DEFAULT.planning(), DEFAULT.idempotencyRetention());
    }

    private static Instruction registration(Optional<String> externalId) {
        return new RegisterCustomer(externalId, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    private static Instruction registration() {
        return registration(Optional.empty());
    }

    private static Instruction change(CustomerState state) {
        return change(state, Optional.empty());
    }

    private static Instruction change(CustomerState state, Optional<Instant> validFrom) {
        return new ChangeState(state, new ReasonChoice.PolicyDefault(), validFrom, true, Optional.empty());
    }

    private static Instruction proposal(CustomerState state, String reason, Instant validFrom) {
        return new ProposeChange(state, new ReasonChoice.Named(reason), validFrom, false, Optional.empty());
    }

    private static Instruction confirmation(CustomerState state, String reason) {
        return new ConfirmChange(
                state, new ReasonChoice.Named(reason), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<String> answers(WhatIfReport report) {
        return report.changes().stream()
                .map(change -> change.count() + " " + change.was() + " -> " + change.would())
                .toList();
    }

    private static List<String> state(WhatIfReport report) {
        return report.customers().stream()
                .flatMap(customer -> customer.state().stream())
                .map(field -> field.field() + ": " + field.was().orElse("none") + " -> "
                        + field.would().orElse("none"))
                .toList();
    }

    @Test
    void aTransitionThatIsForbiddenIsRefusedAndWhatFollowsBuildsOnThat() {
        log.command("1", registration())
                .at(1)
                .command("2", change(CustomerState.BLOCKED))
                .at(2)
                .command("3", change(CustomerState.SUSPENDED));

        WhatIfReport report = log.under(NamedPolicy.STRICT.policy());

        assertThat(answers(report)).containsExactly("1 APPLIED -> REJECTED ILLEGAL_TRANSITION");
        assertThat(report.customers().get(0).commands())
                .extracting(DifferingCommand::commandId)
                .containsExactly("2");
        assertThat(state(report)).isEmpty();
        assertThat(report.isSame()).isFalse();
    }

    @Test
    void anotherDefaultReasonShowsInTheStateAlone() {
        StatePolicy active = DEFAULT.of(CustomerState.ACTIVE);
        log.command("1", registration());

        WhatIfReport report = log.under(
                withActive(new StatePolicy(active.reasons(), "paymentReceived", active.transitions(), false)));

        assertThat(answers(report)).isEmpty();
        assertThat(state(report)).containsExactly("stateReason: dfltActive -> paymentReceived");
        assertThat(report.totals().otherwise()).isEqualTo(1);
    }

    @Test
    void aConfirmationWithNothingPendingIsApplied() {
        log.command("1", registration()).at(1).command("2", confirmation(CustomerState.SUSPENDED, "fraud"));

        WhatIfReport report = log.under(NamedPolicy.CONFIRM_WITHOUT_PENDING_APPLY.policy());

        assertThat(answers(report)).containsExactly("1 REJECTED NO_PENDING_CHANGE -> APPLIED");
        assertThat(state(report))
                .containsExactly(
                        "state: ACTIVE -> SUSPENDED",
                        "stateReason: dfltActive -> fraud",
                        "stateValidFrom: " + hours(0) + " -> " + hours(1));
    }

    @Test
    void aSecondProposalIsRefusedAndTheFirstIsConfirmedInItsPlace() {
        log.command("1", registration())
                .command("2", proposal(CustomerState.SUSPENDED, "fraud", hours(9)))
                .command("3", proposal(CustomerState.BLOCKED, "fraud", hours(8)))
                .command("4", confirmation(CustomerState.BLOCKED, "fraud"));

        WhatIfReport report = log.under(NamedPolicy.SECOND_PROPOSAL_REJECT.policy());

        assertThat(answers(report))
                .containsExactly("1 CONFIRMED -> REJECTED STATE_MISMATCH", "1 PENDING -> REJECTED PENDING_EXISTS");
        assertThat(state(report))
                .containsExactly("plannedChanges: SCHEDULED BLOCKED fraud from " + hours(8)
                        + " -> PENDING SUSPENDED fraud from " + hours(9));
    }

    @Test
    void aPendingChangeEndsByItselfWhenTheRecordSaysThatItWasOverdue() {
        log.command("1", registration())
                .command("2", proposal(CustomerState.SUSPENDED, "fraud", hours(2)))
                .at(3)
                .settled();

        WhatIfReport report = log.under(NamedPolicy.AUTO_CONFIRM.policy());

        assertThat(answers(report)).isEmpty();
        assertThat(state(report))
                .containsExactly(
                        "plannedChanges: PENDING SUSPENDED fraud from " + hours(2) + " -> none",
                        "state: ACTIVE -> SUSPENDED",
                        "stateReason: dfltActive -> fraud",
                        "stateValidFrom: " + hours(0) + " -> " + hours(2));
    }

    @Test
    void whatFellDueUnderTheOtherPolicyIsSettledBeforeTheNextDecision() {
        log.command("1", registration())
                .command("2", proposal(CustomerState.SUSPENDED, "fraud", hours(2)))
                .at(2)
                .settled()
                .at(5)
                .command("3", confirmation(CustomerState.SUSPENDED, "fraud"));

        WhatIfReport report = log.under(NamedPolicy.AUTO_CANCEL_LATER.policy());

        assertThat(answers(report)).containsExactly("1 APPLIED -> REJECTED NO_PENDING_CHANGE");
    }

    @Test
    void aChangeRegistersACustomerThatNobodyKnew() {
        log.command("1", change(CustomerState.SUSPENDED)).at(1).command("2", registration());

        WhatIfReport report = log.under(NamedPolicy.REGISTER.policy());

        assertThat(answers(report))
                .containsExactly(
                        "1 REGISTERED -> REJECTED ALREADY_REGISTERED", "1 REJECTED UNKNOWN_CUSTOMER -> APPLIED");
    }

    @Test
    void aRepeatedRequestIsAnsweredAsItsOriginalWouldHaveBeen() {
        log.command("1", registration())
                .at(1)
                .command("2", change(CustomerState.BLOCKED))
                .repeated("3");

        WhatIfReport report = log.under(NamedPolicy.STRICT.policy());

        assertThat(answers(report)).containsExactly("2 APPLIED -> REJECTED ILLEGAL_TRANSITION");
    }

    @Test
    void aRepeatedRequestWhoseOriginalIsGoneIsAnsweredAsRecorded() {
        log.command("1", registration())
                .at(1)
                .command("2", change(CustomerState.BLOCKED))
                .repeated("3");
        log.commands.remove(1);

        WhatIfReport report = log.under(NamedPolicy.STRICT.policy());

        assertThat(report.isSame()).isTrue();
        assertThat(report.totals().commands()).isEqualTo(2);
    }

    @Test
    void anExternalIdThatWasTakenIsTaken() {
        log.command("1", OptionalLong.empty(), ClaimStatus.REFUSED, registration(Optional.of("x-1")));

        WhatIfReport report = log.under(NamedPolicy.STRICT.policy());

        assertThat(report.isSame()).isTrue();
        assertThat(report.leftOut().assumedExternalIds()).isZero();
    }

    @Test
    void anExternalIdThatNobodyAskedForIsAssumedToBeFree() {
        WrittenLog narrow = new WrittenLog(withActive(new StatePolicy(
                DEFAULT.of(CustomerState.ACTIVE).reasons().stream()
                        .filter(reason -> reason.code().equals("dfltActive"))
                        .toList(),
                "dfltActive",
                Set.of(),
                false)));
        narrow.command(
                "1",
                new RegisterCustomer(
                        Optional.of("x-1"),
                        Optional.of(CustomerState.ACTIVE),
                        Optional.of("paymentReceived"),
                        Optional.empty(),
                        Map.of()));

        WhatIfReport report = narrow.under(DEFAULT);

        assertThat(answers(report)).containsExactly("1 REJECTED UNKNOWN_REASON -> REGISTERED");
        assertThat(state(report)).contains("externalId: none -> x-1");
        assertThat(report.leftOut().assumedExternalIds()).isEqualTo(1);
    }

    @Test
    void aVersionThatWasTheLatestIsTheLatestAlthoughMoreHappened() {
        log.command("1", registration())
                .command("2", change(CustomerState.SUSPENDED))
                .at(1)
                .command("3", confirmation(CustomerState.BLOCKED, "fraud"))
                .at(2)
                .command("4", OptionalLong.of(2), ClaimStatus.UNDECIDED, change(CustomerState.ACTIVE))
                .command("5", OptionalLong.of(2), ClaimStatus.UNDECIDED, change(CustomerState.DORMANT));

        WhatIfReport report = log.under(NamedPolicy.CONFIRM_WITHOUT_PENDING_APPLY.policy());

        assertThat(answers(report)).containsExactly("1 REJECTED NO_PENDING_CHANGE -> APPLIED");
        assertThat(state(report)).isEmpty();
    }

    @Test
    void aChangeThatIsNamedByItsIdIsTheOneThatItsCommandPlanned() {
        log.command("1", registration())
                .command("2", confirmation(CustomerState.BLOCKED, "fraud"))
                .at(1)
                .command("3", proposal(CustomerState.SUSPENDED, "fraud", hours(9)))
                .command(
                        "4",
                        new CancelChange(
                                new ChangeSelection.ById(Event.idOf(WrittenLog.CUSTOMER, 2)), Optional.empty()));

        WhatIfReport report = log.under(NamedPolicy.CONFIRM_WITHOUT_PENDING_APPLY.policy());

        assertThat(answers(report)).containsExactly("1 REJECTED NO_PENDING_CHANGE -> APPLIED");
    }

    @Test
    void subordinatesThatWouldNotFollowAreTold() {
        SubordinateRef account = new SubordinateRef(SubordinateType.ACCOUNT, "a-1");
        log.command("1", registration())
                .command(
                        "2",
                        new RegisterSubordinates(List.of(new RegisteredSubordinate(
                                account, Optional.empty(), CustomerState.ACTIVE, Optional.empty()))))
                .at(1)
                .command("3", change(CustomerState.BLOCKED));

        WhatIfReport report = log.under(NamedPolicy.STRICT.policy());

        assertThat(state(report))
                .contains(
                        "subordinate ACCOUNT a-1: BLOCKED dfltBlocked -> ACTIVE dfltActive",
                        "state: BLOCKED -> ACTIVE");
    }

    @Test
    void commandsBeforeTheRangeStayAsTheyAre() {
        log.command("1", registration())
                .command("2", change(CustomerState.BLOCKED))
                .command("3", change(CustomerState.DORMANT));
        log.commands.subList(0, 2).clear();

        WhatIfReport report = log.under(NamedPolicy.STRICT.policy());

        assertThat(answers(report)).containsExactly("1 APPLIED -> REJECTED ILLEGAL_TRANSITION");
        assertThat(state(report)).contains("state: DORMANT -> BLOCKED");
    }

    @Test
    void whatFollowsACommandThatIsGoneCannotBeToldOnceThingsWentAnotherWay() {
        log.command("1", registration())
                .command("2", change(CustomerState.BLOCKED))
                .command("3", change(CustomerState.ACTIVE))
                .command("4", change(CustomerState.SUSPENDED));
        log.commands.remove(2);

        WhatIfReport report = log.under(NamedPolicy.STRICT.policy());

        assertThat(report.leftOut().untold()).isEqualTo(1);
        assertThat(report.leftOut().customers())
                .extracting(UntoldCustomer::customerId)
                .containsExactly(WrittenLog.CUSTOMER);
        assertThat(report.totals().commands()).isEqualTo(2);
    }

    @Test
    void aCommandWithoutResultIsCountedAndLeftOut() {
        log.command("1", registration()).command("2", change(CustomerState.SUSPENDED));
        log.results.remove(1);

        WhatIfReport report = log.under(DEFAULT);

        assertThat(report.leftOut().undecided()).isEqualTo(1);
        assertThat(report.leftOut().undecidedExamples())
                .containsExactly(log.commands.get(1).place());
        assertThat(report.isSame()).isTrue();
    }

    @Test
    void eventsThatAreMissingEndWhatCanBeTold() {
        log.command("1", registration()).command("2", change(CustomerState.SUSPENDED));
        log.events.remove(0);

        WhatIfReport report = log.under(DEFAULT);

        assertThat(report.leftOut().untold()).isEqualTo(2);
        assertThat(report.totals().commands()).isZero();
    }

    private static WhatIfReport listing(long differing, int listed) {
        DifferingCustomer customer = new DifferingCustomer("c", 1, List.of(), List.of());
        return new WhatIfReport(
                "strict-1",
                new WhatIfReport.Totals(1, 1, 1, differing, differing, differing),
                List.of(),
                Collections.nCopies(listed, customer),
                new WhatIfReport.LeftOut(
                        0,
                        List.of(),
                        1,
                        List.of(new UnreadableRecord("standing.results", new Place(11, 37))),
                        0,
                        0,
                        0,
                        List.of()));
    }

    @Test
    void howManyAreNotListedIsSaidOnlyWhereThereAreSuch() {
        assertThat(listing(12, 12).text()).noneMatch(line -> line.contains("not listed"));
        assertThat(listing(13, 12).text()).contains("  and 1 customer that is not listed");
        assertThat(listing(15, 12).text()).contains("  and 3 customers that are not listed");
    }

    @Test
    void aCustomerThatDiffersInItsAnswersAndItsStateIsOne() {
        log.command("1", registration()).at(1).command("2", change(CustomerState.BLOCKED));

        WhatIfReport report = log.under(NamedPolicy.STRICT.policy());

        assertThat(report.totals().answeredOtherwise()).isEqualTo(1);
        assertThat(report.totals().otherwise()).isEqualTo(1);
        assertThat(report.totals().differingCustomers()).isEqualTo(1);
    }

    @Test
    void oneIsSaidAsOne() {
        assertThat(listing(1, 1).text())
                .startsWith(
                        "1 command of 1 customer was decided again under the policy strict-1.",
                        "1 would have been answered otherwise, to 1 customer; 1 customer would have another state now.");
    }

    @Test
    void theTopicOfWhatCannotBeReadIsNamed() {
        assertThat(listing(1, 1).text())
                .contains("  1 record that cannot be read (standing.results, partition 11, offset 37)");
    }
}
