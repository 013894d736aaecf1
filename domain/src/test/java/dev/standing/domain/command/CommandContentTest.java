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
import dev.standing.domain.command.Instruction.Unsupported;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandContentTest {

    private static final Instant DATE = Instant.parse("2024-04-30T22:00:00Z");

    @Test
    void idsAndTheirSourceAreNotContent() {
        ChangeState change = change("fraud", Optional.of(DATE), Optional.empty());

        assertThat(digest("cmd-1", change)).isEqualTo(digest("cmd-2", change));
    }

    @Test
    void attributesCountWhateverTheirOrder() {
        Map<String, String> oneWay = new LinkedHashMap<>();
        oneWay.put("a", "1");
        oneWay.put("b", "2");
        Map<String, String> otherWay = new LinkedHashMap<>();
        otherWay.put("b", "2");
        otherWay.put("a", "1");

        assertThat(digest("c", registration(oneWay))).isEqualTo(digest("c", registration(otherWay)));
    }

    @Test
    void whateverDiffersIsOtherContent() {
        Stream<Instruction> different = Stream.of(
                change("fraud", Optional.empty(), Optional.empty()),
                change("nonPayment", Optional.empty(), Optional.empty()),
                change("fraud", Optional.of(DATE), Optional.empty()),
                change("fraud", Optional.of(DATE.plusMillis(1)), Optional.empty()),
                change("fraud", Optional.empty(), Optional.of("")),
                change("fraud", Optional.empty(), Optional.of("x")),
                new ChangeState(
                        CustomerState.BLOCKED,
                        new ReasonChoice.Named("fraud"),
                        Optional.empty(),
                        false,
                        Optional.empty()),
                new ChangeState(
                        CustomerState.SUSPENDED,
                        new ReasonChoice.PolicyDefault(),
                        Optional.empty(),
                        false,
                        Optional.empty()),
                new ChangeState(
                        CustomerState.SUSPENDED, new ReasonChoice.Missing(), Optional.empty(), false, Optional.empty()),
                new ChangeState(
                        CustomerState.SUSPENDED, new ReasonChoice.Missing(), Optional.empty(), true, Optional.empty()),
                registration(Map.of()),
                registration(Map.of("a", "1")),
                registration(Map.of("a", "")),
                new RegisterCustomer(Optional.of("x"), Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));

        List<String> digests =
                different.map(instruction -> digest("c", instruction)).toList();

        assertThat(digests.stream().collect(Collectors.toSet())).hasSameSizeAs(digests);
    }

    @Test
    void whateverDiffersBetweenCommandsOfPlannedChangesIsOtherContent() {
        ReasonChoice fraud = new ReasonChoice.Named("fraud");
        Stream<Instruction> different = Stream.of(
                change("fraud", Optional.of(DATE), Optional.empty()),
                proposal(CustomerState.SUSPENDED, fraud, DATE, false, Optional.empty()),
                proposal(CustomerState.BLOCKED, fraud, DATE, false, Optional.empty()),
                proposal(CustomerState.SUSPENDED, new ReasonChoice.Missing(), DATE, false, Optional.empty()),
                proposal(CustomerState.SUSPENDED, fraud, DATE.plusMillis(1), false, Optional.empty()),
                proposal(CustomerState.SUSPENDED, fraud, DATE, true, Optional.empty()),
                proposal(CustomerState.SUSPENDED, fraud, DATE, false, Optional.of("x")),
                confirmation(CustomerState.SUSPENDED, fraud, Optional.of(DATE), Optional.empty(), Optional.empty()),
                confirmation(CustomerState.BLOCKED, fraud, Optional.of(DATE), Optional.empty(), Optional.empty()),
                confirmation(CustomerState.SUSPENDED, fraud, Optional.empty(), Optional.empty(), Optional.empty()),
                confirmation(CustomerState.SUSPENDED, fraud, Optional.empty(), Optional.of(true), Optional.empty()),
                confirmation(CustomerState.SUSPENDED, fraud, Optional.empty(), Optional.of(false), Optional.empty()),
                confirmation(CustomerState.SUSPENDED, fraud, Optional.empty(), Optional.empty(), Optional.of("x")),
                confirmation(
                        CustomerState.SUSPENDED,
                        new ReasonChoice.Missing(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new CancelChange(new ChangeSelection.ById("c-1:2"), Optional.empty()),
                new CancelChange(new ChangeSelection.ById("c-1:3"), Optional.empty()),
                new CancelChange(new ChangeSelection.ById("c-1:2"), Optional.of("x")),
                new CancelChange(new ChangeSelection.ByState(CustomerState.SUSPENDED, fraud), Optional.empty()),
                new CancelChange(new ChangeSelection.ByState(CustomerState.BLOCKED, fraud), Optional.empty()),
                new CancelChange(
                        new ChangeSelection.ByState(CustomerState.SUSPENDED, new ReasonChoice.Missing()),
                        Optional.empty()),
                new Unsupported("A", CommandField.TYPE, "not supported", true),
                new Unsupported("B", CommandField.TYPE, "not supported", true));

        List<String> digests =
                different.map(instruction -> digest("c", instruction)).toList();

        assertThat(digests).doesNotHaveDuplicates();
    }

    @Test
    void whateverARegistrationSaysIsContent() {
        Optional<CustomerState> active = Optional.of(CustomerState.ACTIVE);
        Optional<String> reason = Optional.of("dfltActive");

        assertThat(Stream.of(
                                registration(Map.of()),
                                registration(Optional.of("c-1"), Optional.empty(), Optional.empty(), Optional.empty()),
                                registration(Optional.empty(), active, Optional.empty(), Optional.empty()),
                                registration(Optional.empty(), active, reason, Optional.empty()),
                                registration(Optional.empty(), active, reason, Optional.of(DATE)))
                        .map(registration -> digest("c", registration)))
                .doesNotHaveDuplicates();
    }

    @Test
    void whateverDiffersBetweenCommandsOfSubordinatesIsOtherContentTheOrderToo() {
        SubordinateRef account = new SubordinateRef(SubordinateType.ACCOUNT, "a");
        SubordinateRef subscription = new SubordinateRef(SubordinateType.SUBSCRIPTION, "a");
        SubordinateRef other = new SubordinateRef(SubordinateType.ACCOUNT, "b");
        RegisteredSubordinate one = subordinate(account, Optional.empty(), CustomerState.ACTIVE, Optional.empty());
        RegisteredSubordinate two = subordinate(other, Optional.empty(), CustomerState.ACTIVE, Optional.empty());

        assertThat(Stream.of(
                                registered(),
                                registered(one),
                                registered(two),
                                registered(one, two),
                                registered(two, one),
                                registered(one, one),
                                registered(subordinate(
                                        subscription, Optional.empty(), CustomerState.ACTIVE, Optional.empty())),
                                registered(subordinate(
                                        account, Optional.of(other), CustomerState.ACTIVE, Optional.empty())),
                                registered(subordinate(
                                        account, Optional.of(account), CustomerState.ACTIVE, Optional.empty())),
                                registered(subordinate(
                                        account, Optional.of(subscription), CustomerState.ACTIVE, Optional.empty())),
                                registered(subordinate(
                                        account, Optional.empty(), CustomerState.BLOCKED, Optional.empty())),
                                registered(subordinate(
                                        account, Optional.empty(), CustomerState.ACTIVE, Optional.of("dfltActive"))),
                                new RemoveSubordinate(account),
                                new RemoveSubordinate(subscription),
                                new RemoveSubordinate(other))
                        .map(instruction -> digest("c", instruction)))
                .doesNotHaveDuplicates();
        assertThat(digest("c", registered(one, two))).isEqualTo(digest("d", registered(one, two)));
    }

    private static RegisterSubordinates registered(RegisteredSubordinate... subordinates) {
        return new RegisterSubordinates(List.of(subordinates));
    }

    private static RegisteredSubordinate subordinate(
            SubordinateRef ref, Optional<SubordinateRef> parent, CustomerState state, Optional<String> reason) {
        return new RegisteredSubordinate(ref, parent, state, reason);
    }

    @Test
    void theExpectedVersionAndTheExternalIdOfTheCustomerAreContent() {
        Instruction change = change("fraud", Optional.empty(), Optional.empty());

        assertThat(Stream.of(
                        digest(OptionalLong.empty(), Optional.empty(), change),
                        digest(OptionalLong.of(0), Optional.empty(), change),
                        digest(OptionalLong.of(1), Optional.empty(), change),
                        digest(OptionalLong.empty(), Optional.of("x-1"), change)))
                .doesNotHaveDuplicates();
    }

    /** The digest is kept across upgrades: it must not change for what was there before. */
    @Test
    void theDigestOfACommandStaysWhatItWasInTheFirstRelease() {
        assertThat(digest("c", change("fraud", Optional.of(DATE), Optional.of("x"))))
                .isEqualTo("2a3d5e0f3dbe6ce992048be875dc19d74ce6bca930802cac61603cb1e66a143a");
    }

    private static ChangeState change(String reason, Optional<Instant> validFrom, Optional<String> notes) {
        return new ChangeState(CustomerState.SUSPENDED, new ReasonChoice.Named(reason), validFrom, false, notes);
    }

    private static RegisterCustomer registration(Map<String, String> attributes) {
        return new RegisterCustomer(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), attributes);
    }

    private static RegisterCustomer registration(
            Optional<String> externalId,
            Optional<CustomerState> state,
            Optional<String> reason,
            Optional<Instant> validFrom) {
        return new RegisterCustomer(externalId, state, reason, validFrom, Map.of());
    }

    private static ProposeChange proposal(
            CustomerState state,
            ReasonChoice reason,
            Instant validFrom,
            boolean subordinateUpdated,
            Optional<String> notes) {
        return new ProposeChange(state, reason, validFrom, subordinateUpdated, notes);
    }

    private static ConfirmChange confirmation(
            CustomerState state,
            ReasonChoice reason,
            Optional<Instant> validFrom,
            Optional<Boolean> subordinateUpdated,
            Optional<String> notes) {
        return new ConfirmChange(state, reason, validFrom, subordinateUpdated, notes);
    }

    private static String digest(OptionalLong expectedVersion, Optional<String> externalId, Instruction instruction) {
        return HexFormat.of()
                .formatHex(CommandContent.digest(new Command(
                        "c-1", new Origin("cmd", Optional.empty(), "crm"), expectedVersion, externalId, instruction)));
    }

    private static String digest(String commandId, Instruction instruction) {
        return HexFormat.of()
                .formatHex(CommandContent.digest(new Command(
                        "c-1",
                        new Origin(commandId, Optional.empty(), "crm"),
                        OptionalLong.empty(),
                        Optional.empty(),
                        instruction)));
    }
}
