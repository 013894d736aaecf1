package dev.standing.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RegisteredSubordinate;
import dev.standing.domain.command.Instruction.RemoveSubordinate;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandValidationTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ChangeState CHANGE = change("fraud", Optional.empty(), Optional.empty());

    @Test
    void anOrdinaryCommandIsWellFormed() {
        Command command = command("c-1", CHANGE);

        assertThat(CommandValidation.identification(command)).isEmpty();
        assertThat(CommandValidation.content(command)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", " c", "c ", "c\n1", "c\u0000", "\ud800", "c\u00a01", "\ufeffc", "c\u200b", "\u202ec"})
    void anIdIsPlainText(String id) {
        assertBlames(CommandField.CUSTOMER_ID, CommandValidation.identification(command(id, CHANGE)));
        assertBlames(CommandField.COMMAND_ID, CommandValidation.identification(from(id, Optional.empty(), "crm")));
        assertBlames(CommandField.REQUEST_ID, CommandValidation.identification(from("a", Optional.of(id), "crm")));
        assertBlames(CommandField.SOURCE, CommandValidation.identification(from("a", Optional.empty(), id)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "Kundé 7", "客户", "a/b?c#d", "😀"})
    void anIdMayBeAnyPlainText(String id) {
        assertThat(CommandValidation.identification(command(id, CHANGE))).isEmpty();
    }

    @Test
    void anIdHasAtMost256Characters() {
        assertThat(CommandValidation.identification(command("c".repeat(256), CHANGE)))
                .isEmpty();
        assertBlames(CommandField.CUSTOMER_ID, CommandValidation.identification(command("c".repeat(257), CHANGE)));
    }

    @Test
    void aVersionIsNotNegative() {
        Command command = new Command(
                "c-1", new Origin("a", Optional.empty(), "crm"), OptionalLong.of(-1), Optional.empty(), CHANGE);

        assertBlames(CommandField.EXPECTED_VERSION, CommandValidation.content(command));
    }

    @Test
    void aDateLiesInTheYears1To9999() {
        assertThat(content(change("fraud", Optional.of(CommandValidation.MIN_DATE), Optional.empty())))
                .isEmpty();
        assertThat(content(change("fraud", Optional.of(CommandValidation.MAX_DATE), Optional.empty())))
                .isEmpty();
        assertBlames(
                CommandField.VALID_FROM,
                content(change("fraud", Optional.of(CommandValidation.MAX_DATE.plusMillis(1)), Optional.empty())));
        assertBlames(
                CommandField.VALID_FROM,
                content(change("fraud", Optional.of(Instant.ofEpochMilli(Long.MIN_VALUE)), Optional.empty())));
    }

    @Test
    void reasonAndNotesAreBounded() {
        assertBlames(CommandField.STATE_REASON, content(change("", Optional.empty(), Optional.empty())));
        assertBlames(CommandField.STATE_REASON, content(change("r".repeat(129), Optional.empty(), Optional.empty())));
        assertThat(content(change("fraud", Optional.empty(), Optional.of("n".repeat(4_000)))))
                .isEmpty();
        assertBlames(CommandField.NOTES, content(change("fraud", Optional.empty(), Optional.of("n".repeat(4_001)))));
    }

    @Test
    void attributesAreBoundedInNumberAndLength() {
        Map<String, String> fifty =
                IntStream.range(0, 50).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v".repeat(1_000)));

        assertThat(content(registration(fifty))).isEmpty();
        assertBlames(CommandField.ATTRIBUTES, content(registration(Map.of("", "v"))));
        assertBlames(CommandField.ATTRIBUTES, content(registration(Map.of("k".repeat(101), "v"))));
        assertBlames(CommandField.ATTRIBUTES, content(registration(Map.of("k", "v".repeat(1_001)))));
        assertBlames(
                CommandField.ATTRIBUTES,
                content(registration(
                        IntStream.range(0, 51).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v")))));
    }

    @Test
    void whatAProposalAConfirmationAndACancellationSayIsBoundedToo() {
        Instant tooLate = CommandValidation.MAX_DATE.plusMillis(1);
        Optional<String> tooLong = Optional.of("n".repeat(4_001));

        assertThat(content(proposal("fraud", NOW, Optional.empty()))).isEmpty();
        assertBlames(CommandField.STATE_REASON, content(proposal("", NOW, Optional.empty())));
        assertBlames(CommandField.VALID_FROM, content(proposal("fraud", tooLate, Optional.empty())));
        assertBlames(CommandField.NOTES, content(proposal("fraud", NOW, tooLong)));
        assertThat(content(confirmation("fraud", NOW, Optional.empty()))).isEmpty();
        assertBlames(CommandField.STATE_REASON, content(confirmation("", NOW, Optional.empty())));
        assertBlames(CommandField.VALID_FROM, content(confirmation("fraud", tooLate, Optional.empty())));
        assertBlames(CommandField.NOTES, content(confirmation("fraud", NOW, tooLong)));
        assertThat(content(cancellation("fraud", Optional.empty()))).isEmpty();
        assertBlames(CommandField.STATE_REASON, content(cancellation("", Optional.empty())));
        assertBlames(CommandField.NOTES, content(cancellation("fraud", tooLong)));
    }

    @Test
    void oneToAThousandSubordinatesAreRegisteredAtOnce() {
        RegisteredSubordinate subordinate = subordinate("a", Optional.empty(), Optional.empty());

        assertThat(content(new RegisterSubordinates(Collections.nCopies(1, subordinate))))
                .isEmpty();
        assertThat(content(new RegisterSubordinates(Collections.nCopies(1_000, subordinate))))
                .isEmpty();
        assertBlames(CommandField.SUBORDINATES, content(new RegisterSubordinates(List.of())));
        assertBlames(
                CommandField.SUBORDINATES, content(new RegisterSubordinates(Collections.nCopies(1_001, subordinate))));
    }

    @Test
    void idsParentsAndReasonsOfSubordinatesAreBoundedAndTheMessageSaysWhoseAreNot() {
        RegisteredSubordinate valid = subordinate("a", Optional.of("b"), Optional.of("fraud"));

        assertThat(content(new RegisterSubordinates(List.of(valid)))).isEmpty();
        assertBlamesItem("subordinates[1]: An id ", valid, subordinate(" ", Optional.of("b"), Optional.empty()));
        assertBlamesItem(
                "subordinates[1].parent: An id ", valid, subordinate("a", Optional.of(""), Optional.of("fraud")));
        assertBlamesItem(
                "subordinates[2]: A reason ", valid, valid, subordinate("a", Optional.empty(), Optional.of("")));
    }

    private static void assertBlamesItem(String message, RegisteredSubordinate... subordinates) {
        Optional<Rejection> rejection = content(new RegisterSubordinates(List.of(subordinates)));

        assertBlames(CommandField.SUBORDINATES, rejection);
        assertThat(rejection.orElseThrow().message()).startsWith(message);
    }

    @Test
    void theIdOfASubordinateToBeRemovedIsAnId() {
        assertThat(content(new RemoveSubordinate(account("a")))).isEmpty();
        assertBlames(CommandField.ID, content(new RemoveSubordinate(account("a\n"))));
    }

    private static RegisteredSubordinate subordinate(String id, Optional<String> parent, Optional<String> reason) {
        return new RegisteredSubordinate(
                account(id), parent.map(CommandValidationTest::account), CustomerState.BLOCKED, reason);
    }

    private static SubordinateRef account(String id) {
        return new SubordinateRef(SubordinateType.ACCOUNT, id);
    }

    @Test
    void theIdOfAChangeIsPlainTextOfAtMost276Characters() {
        assertThat(content(cancellationOf("c-1:2"))).isEmpty();
        assertThat(content(cancellationOf("c".repeat(276)))).isEmpty();
        assertBlames(CommandField.CHANGE_ID, content(cancellationOf("c".repeat(277))));
        assertBlames(CommandField.CHANGE_ID, content(cancellationOf(" ")));
        assertBlames(CommandField.CHANGE_ID, content(cancellationOf("c-1:2\n")));
    }

    @Test
    void theExternalIdsThatACommandNamesAreIds() {
        Command named = new Command(
                "c-1", new Origin("a", Optional.empty(), "crm"), OptionalLong.empty(), Optional.of(" "), CHANGE);

        assertBlames(CommandField.CUSTOMER_EXTERNAL_ID, CommandValidation.content(named));
        assertBlames(
                CommandField.EXTERNAL_ID,
                content(new RegisterCustomer(
                        Optional.of(" "), Optional.empty(), Optional.empty(), Optional.empty(), Map.of())));
    }

    @Test
    void theDateAndTheReasonOfARegistrationAreBoundedToo() {
        Optional<CustomerState> active = Optional.of(CustomerState.ACTIVE);

        assertBlames(
                CommandField.VALID_FROM,
                content(new RegisterCustomer(
                        Optional.empty(),
                        active,
                        Optional.of("dfltActive"),
                        Optional.of(CommandValidation.MIN_DATE.minusMillis(1)),
                        Map.of())));
        assertBlames(
                CommandField.STATE_REASON,
                content(new RegisterCustomer(
                        Optional.empty(), active, Optional.of("r\u0000"), Optional.empty(), Map.of())));
    }

    @Test
    void theLongestReasonIsWellFormed() {
        assertThat(content(change("r".repeat(128), Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void theLongestAttributeIsWellFormedAndOneThatIsNoPlainTextIsNot() {
        assertThat(content(registration(Map.of("k".repeat(100), "v".repeat(1_000)))))
                .isEmpty();
        assertBlames(CommandField.ATTRIBUTES, content(registration(Map.of("k\n", "v"))));
        assertBlames(CommandField.ATTRIBUTES, content(registration(Map.of("k", "\ud800"))));
        assertBlames(CommandField.NOTES, content(change("fraud", Optional.empty(), Optional.of("\ud800"))));
    }

    @Test
    void aFieldIsFoundByItsName() {
        for (CommandField field : CommandField.values()) {
            assertThat(CommandField.named(field.fieldName())).contains(field);
        }
        assertThat(CommandField.named("nonsense")).isEmpty();
    }

    private static Optional<Rejection> content(Instruction instruction) {
        return CommandValidation.content(command("c-1", instruction));
    }

    private static void assertBlames(CommandField field, Optional<Rejection> rejection) {
        assertThat(rejection).isPresent();
        assertThat(rejection.get().code()).isEqualTo(RejectionCode.INVALID_REQUEST);
        assertThat(rejection.get().field()).contains(field);
    }

    private static ChangeState change(String reason, Optional<Instant> validFrom, Optional<String> notes) {
        return new ChangeState(CustomerState.SUSPENDED, new ReasonChoice.Named(reason), validFrom, false, notes);
    }

    private static ProposeChange proposal(String reason, Instant validFrom, Optional<String> notes) {
        return new ProposeChange(CustomerState.SUSPENDED, new ReasonChoice.Named(reason), validFrom, false, notes);
    }

    private static ConfirmChange confirmation(String reason, Instant validFrom, Optional<String> notes) {
        return new ConfirmChange(
                CustomerState.SUSPENDED,
                new ReasonChoice.Named(reason),
                Optional.of(validFrom),
                Optional.empty(),
                notes);
    }

    private static CancelChange cancellation(String reason, Optional<String> notes) {
        return new CancelChange(
                new ChangeSelection.ByState(CustomerState.SUSPENDED, new ReasonChoice.Named(reason)), notes);
    }

    private static CancelChange cancellationOf(String changeId) {
        return new CancelChange(new ChangeSelection.ById(changeId), Optional.empty());
    }

    private static RegisterCustomer registration(Map<String, String> attributes) {
        return new RegisterCustomer(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), attributes);
    }

    private static Command command(String customerId, Instruction instruction) {
        return new Command(
                customerId,
                new Origin("cmd-1", Optional.empty(), "crm"),
                OptionalLong.empty(),
                Optional.empty(),
                instruction);
    }

    private static Command from(String commandId, Optional<String> requestId, String source) {
        return new Command(
                "c-1", new Origin(commandId, requestId, source), OptionalLong.empty(), Optional.empty(), CHANGE);
    }
}
