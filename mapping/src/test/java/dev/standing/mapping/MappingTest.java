package dev.standing.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.EventType;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.avro.Sha256;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.domain.cascade.Cascade;
import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RegisteredSubordinate;
import dev.standing.domain.command.Instruction.RemoveSubordinate;
import dev.standing.domain.command.Instruction.Unsupported;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.PlannedChangeStatus;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.decision.Outcome;
import dev.standing.domain.decision.OutcomeStatus;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.serde.AvroPayload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes into Avro, through its bytes and back, is what it was. */
class MappingTest {

    private static final Instant DATE = Instant.parse("2024-04-30T22:00:00Z");
    private static final Origin ORIGIN = new Origin("cmd-1", Optional.of("r-1"), "crm");
    private static final StateValue ACTIVE = new StateValue(CustomerState.ACTIVE, "dfltActive", DATE);
    private static final StateValue SUSPENDED = new StateValue(CustomerState.SUSPENDED, "fraud", DATE.plusMillis(1));
    private static final SubordinateRef ACCOUNT = new SubordinateRef(SubordinateType.ACCOUNT, "a");
    private static final SubordinateRef SUBSCRIPTION = new SubordinateRef(SubordinateType.SUBSCRIPTION, "p/1");
    private static final Subordinate SUBORDINATE =
            new Subordinate(SUBSCRIPTION, Optional.of(ACCOUNT), 2, CustomerState.BLOCKED, "fraud", 5, 3);
    private static final Sha256 HASH = EventChain.hash(new byte[] {1});

    @ParameterizedTest
    @MethodSource
    void commands(Command command) {
        CustomerCommand record = throughBytes(CommandMapping.toAvro(command), CustomerCommand.class);

        assertThat(CommandMapping.toDomain(record)).isEqualTo(command);
    }

    static Stream<Command> commands() {
        return Stream.of(
                command(new RegisterCustomer(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of())),
                command(new RegisterCustomer(
                        Optional.of("x"),
                        Optional.of(CustomerState.DORMANT),
                        Optional.of("dfltDormant"),
                        Optional.of(DATE),
                        Map.of("a", "1", "b", "2"))),
                command(new ChangeState(
                        CustomerState.BLACKLISTED,
                        new ReasonChoice.Named("sanctionsHit"),
                        Optional.of(DATE),
                        true,
                        Optional.of("notes"))),
                command(new ChangeState(
                        CustomerState.ACTIVE,
                        new ReasonChoice.PolicyDefault(),
                        Optional.empty(),
                        false,
                        Optional.empty())),
                command(new ProposeChange(
                        CustomerState.SUSPENDED, new ReasonChoice.Named("fraud"), DATE, true, Optional.of("notes"))),
                command(new ProposeChange(
                        CustomerState.SUSPENDED, new ReasonChoice.Missing(), DATE, false, Optional.empty())),
                command(new ConfirmChange(
                        CustomerState.SUSPENDED,
                        new ReasonChoice.Named("fraud"),
                        Optional.of(DATE),
                        Optional.of(false),
                        Optional.of("notes"))),
                command(new ConfirmChange(
                        CustomerState.SUSPENDED,
                        new ReasonChoice.Missing(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                command(new CancelChange(new ChangeSelection.ById("c-1:7"), Optional.of("notes"))),
                command(new CancelChange(
                        new ChangeSelection.ByState(CustomerState.SUSPENDED, new ReasonChoice.Named("fraud")),
                        Optional.empty())),
                command(new CancelChange(
                        new ChangeSelection.ByState(CustomerState.SUSPENDED, new ReasonChoice.Missing()),
                        Optional.empty())),
                command(new RegisterSubordinates(List.of(
                        new RegisteredSubordinate(ACCOUNT, Optional.empty(), CustomerState.ACTIVE, Optional.empty()),
                        new RegisteredSubordinate(
                                SUBSCRIPTION, Optional.of(ACCOUNT), CustomerState.BLOCKED, Optional.of("fraud")),
                        new RegisteredSubordinate(
                                new SubordinateRef(SubordinateType.SUBSCRIBER, "s"),
                                Optional.of(ACCOUNT),
                                CustomerState.DORMANT,
                                Optional.empty())))),
                command(new RegisterSubordinates(List.of())),
                command(new RemoveSubordinate(SUBSCRIPTION)),
                new Command(
                        "c-1",
                        new Origin("cmd-1", Optional.empty(), "crm"),
                        OptionalLong.of(0),
                        Optional.of("x"),
                        new ChangeState(
                                CustomerState.ACTIVE,
                                new ReasonChoice.Missing(),
                                Optional.empty(),
                                false,
                                Optional.empty())));
    }

    @ParameterizedTest
    @EnumSource(CommandType.class)
    void aCommandOfALaterVersionOrWithoutItsSectionBlamesItsType(CommandType type) {
        assertThat(unsupported(record().setType(type).build()).field()).isEqualTo(CommandField.TYPE);
    }

    @Test
    void aStateOfALaterVersionIsBlamed() {
        dev.standing.avro.CustomerState later = dev.standing.avro.CustomerState.UNKNOWN;
        for (CustomerCommand.Builder command : List.of(
                record().setType(CommandType.CHANGE_STATE)
                        .setChangeState(dev.standing.avro.ChangeState.newBuilder()
                                .setState(later)
                                .build()),
                record().setType(CommandType.PROPOSE_CHANGE)
                        .setProposeChange(dev.standing.avro.ProposeChange.newBuilder()
                                .setState(later)
                                .setValidFrom(DATE)
                                .build()),
                record().setType(CommandType.CONFIRM_CHANGE)
                        .setConfirmChange(dev.standing.avro.ConfirmChange.newBuilder()
                                .setState(later)
                                .build()),
                record().setType(CommandType.CANCEL_CHANGE)
                        .setCancelChange(dev.standing.avro.CancelChange.newBuilder()
                                .setState(later)
                                .build()),
                record().setType(CommandType.REGISTER_CUSTOMER)
                        .setRegisterCustomer(dev.standing.avro.RegisterCustomer.newBuilder()
                                .setState(later)
                                .build()))) {
            assertThat(unsupported(command.build()).field()).isEqualTo(CommandField.STATE);
        }
    }

    @Test
    void aSubordinateOfALaterVersionIsBlamedWithItsPlaceInTheList() {
        dev.standing.avro.SubordinateType laterType = dev.standing.avro.SubordinateType.UNKNOWN;
        dev.standing.avro.Subordinate known = SubordinateMapping.toAvro(SUBORDINATE);
        for (dev.standing.avro.Subordinate later : List.of(
                dev.standing.avro.Subordinate.newBuilder(known)
                        .setType(laterType)
                        .build(),
                dev.standing.avro.Subordinate.newBuilder(known)
                        .setParent(new dev.standing.avro.SubordinateRef(laterType, "a"))
                        .build(),
                dev.standing.avro.Subordinate.newBuilder(known)
                        .setState(dev.standing.avro.CustomerState.UNKNOWN)
                        .build())) {
            Unsupported unsupported = unsupported(record().setType(CommandType.REGISTER_SUBORDINATES)
                    .setRegisterSubordinates(new dev.standing.avro.RegisterSubordinates(List.of(known, later)))
                    .build());

            assertThat(unsupported.field()).isEqualTo(CommandField.SUBORDINATES);
            assertThat(unsupported.message()).startsWith("subordinates[1]: ");
            assertThat(unsupported.needsCustomer()).isTrue();
        }
    }

    @Test
    void theTypeOfASubordinateToBeRemovedIsBlamedIfALaterVersionNamesIt() {
        Unsupported unsupported = unsupported(record().setType(CommandType.REMOVE_SUBORDINATE)
                .setRemoveSubordinate(
                        new dev.standing.avro.RemoveSubordinate(dev.standing.avro.SubordinateType.UNKNOWN, "a"))
                .build());

        assertThat(unsupported.field()).isEqualTo(CommandField.SUBORDINATE_TYPE);
        assertThat(unsupported.needsCustomer()).isTrue();
    }

    @Test
    void aSubordinateOfACommandThatSaysNothingOfItsStateIsActive() {
        dev.standing.avro.Subordinate silent = dev.standing.avro.Subordinate.newBuilder()
                .setType(dev.standing.avro.SubordinateType.ACCOUNT)
                .setId("a")
                .build();
        CustomerCommand command = record().setType(CommandType.REGISTER_SUBORDINATES)
                .setRegisterSubordinates(new dev.standing.avro.RegisterSubordinates(List.of(silent)))
                .build();

        assertThat(CommandMapping.toDomain(command).instruction())
                .isEqualTo(new RegisterSubordinates(List.of(
                        new RegisteredSubordinate(ACCOUNT, Optional.empty(), CustomerState.ACTIVE, Optional.empty()))));
    }

    @Test
    void subordinates() {
        dev.standing.avro.Subordinate record =
                throughBytes(SubordinateMapping.toAvro(SUBORDINATE), dev.standing.avro.Subordinate.class);

        assertThat(SubordinateMapping.toDomain(record, 2, 5, 3)).isEqualTo(SUBORDINATE);
        assertThat(SubordinateMapping.toDomain(SubordinateMapping.toAvro(SUBSCRIPTION)))
                .isEqualTo(SUBSCRIPTION);
    }

    @Test
    void aSubordinateThatIsKeptIsNotGuessedAt() {
        dev.standing.avro.Subordinate known = SubordinateMapping.toAvro(SUBORDINATE);

        assertThatThrownBy(() -> SubordinateMapping.toDomain(
                        dev.standing.avro.Subordinate.newBuilder(known)
                                .setType(dev.standing.avro.SubordinateType.UNKNOWN)
                                .build(),
                        2,
                        5,
                        3))
                .isInstanceOf(UnknownSymbolException.class);
        assertThatThrownBy(() -> SubordinateMapping.toDomain(
                        dev.standing.avro.Subordinate.newBuilder(known)
                                .setState(dev.standing.avro.CustomerState.UNKNOWN)
                                .build(),
                        2,
                        5,
                        3))
                .isInstanceOf(UnknownSymbolException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubordinateMapping.toDomain(
                        dev.standing.avro.Subordinate.newBuilder(known)
                                .setStateReason(null)
                                .build(),
                        2,
                        5,
                        3))
                .withMessageContaining("SUBSCRIPTION p/1");
    }

    @Test
    void anUpdateSaysWhatTheSubordinateGetsAndWhy() {
        Cascade cascade = new Cascade("c-1", 7, Optional.of("c-1:2"), SUSPENDED, ORIGIN);

        SubordinateUpdate update = throughBytes(
                SubordinateMapping.toUpdate(cascade, SUBORDINATE, DATE.plusSeconds(9)), SubordinateUpdate.class);

        assertThat(update)
                .isEqualTo(new SubordinateUpdate(
                        "c-1:7/SUBSCRIPTION/p%2F1",
                        "c-1",
                        dev.standing.avro.SubordinateType.SUBSCRIPTION,
                        "p/1",
                        new dev.standing.avro.SubordinateRef(dev.standing.avro.SubordinateType.ACCOUNT, "a"),
                        new dev.standing.avro.StateValue(
                                dev.standing.avro.CustomerState.SUSPENDED, "fraud", DATE.plusMillis(1)),
                        "c-1:7",
                        7L,
                        "c-1:2",
                        DATE.plusSeconds(9)));
    }

    @Test
    void anUpdateOfASubordinateOfTheCustomerItselfHasNoParent() {
        Subordinate account = new Subordinate(ACCOUNT, Optional.empty(), 1, CustomerState.ACTIVE, "dfltActive", 5, 0);

        SubordinateUpdate update =
                SubordinateMapping.toUpdate(new Cascade("c-1", 7, Optional.empty(), SUSPENDED, ORIGIN), account, DATE);

        assertThat(update.getParent()).isEmpty();
        assertThat(update.getChangeId()).isEmpty();
    }

    @Test
    void aCancellationThatNamesBothIdAndStateOrNeitherIsBlamed() {
        dev.standing.avro.CustomerState state = dev.standing.avro.CustomerState.SUSPENDED;
        for (dev.standing.avro.CancelChange section : List.of(
                dev.standing.avro.CancelChange.newBuilder().build(),
                dev.standing.avro.CancelChange.newBuilder()
                        .setStateReason("fraud")
                        .build(),
                dev.standing.avro.CancelChange.newBuilder()
                        .setChangeId("c-1:7")
                        .setState(state)
                        .build(),
                dev.standing.avro.CancelChange.newBuilder()
                        .setChangeId("c-1:7")
                        .setStateReason("fraud")
                        .build())) {
            CustomerCommand command = record().setType(CommandType.CANCEL_CHANGE)
                    .setCancelChange(section)
                    .build();

            assertThat(unsupported(command).field()).isEqualTo(CommandField.CHANGE_ID);
        }
    }

    @Test
    void whatOnlyComesFromAvroDoesNotGoBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CommandMapping.toAvro(command(new Unsupported("X", CommandField.TYPE, "unknown", false))));
    }

    @Test
    void customers() {
        Customer customer = new Customer(
                "c-1",
                Optional.of("x"),
                3,
                4,
                DATE.plusSeconds(4),
                SUSPENDED,
                DATE.plusSeconds(3),
                DATE,
                Map.of("a", "1"),
                List.of(
                        new PlannedChange(
                                "c-1:2",
                                PlannedChangeStatus.PENDING,
                                ACTIVE,
                                true,
                                Optional.of("notes"),
                                2,
                                DATE.plusSeconds(2),
                                new Origin("cmd-1", Optional.of("r-1"), "crm"),
                                true),
                        new PlannedChange(
                                "c-1:3",
                                PlannedChangeStatus.SCHEDULED,
                                SUSPENDED,
                                false,
                                Optional.empty(),
                                3,
                                DATE.plusSeconds(3),
                                new Origin("cmd-2", Optional.empty(), "crm"),
                                false)));

        dev.standing.avro.Customer record =
                throughBytes(CustomerMapping.toAvro(customer, HASH), dev.standing.avro.Customer.class);

        assertThat(CustomerMapping.toDomain(record)).isEqualTo(customer);
        assertThat(record.getLastEventHash()).isEqualTo(HASH);
    }

    @Test
    void aPlannedChangeOfALaterVersionIsNotPassedOver() {
        dev.standing.avro.PlannedChange planned = dev.standing.avro.PlannedChange.newBuilder()
                .setChangeId("c-1:1")
                .setStatus(dev.standing.avro.PlannedChangeStatus.UNKNOWN)
                .setState(dev.standing.avro.CustomerState.SUSPENDED)
                .setStateReason("fraud")
                .setValidFrom(DATE)
                .setAcceptedSequence(1)
                .setAcceptedAt(DATE)
                .setCommandId("cmd-1")
                .setSource("crm")
                .build();
        Customer customer = new Customer("c-1", Optional.empty(), 1, 1, DATE, ACTIVE, DATE, DATE, Map.of(), List.of());
        dev.standing.avro.Customer record = dev.standing.avro.Customer.newBuilder(
                        CustomerMapping.toAvro(customer, HASH))
                .setPlannedChanges(List.of(planned))
                .build();

        assertThatThrownBy(() -> CustomerMapping.toDomain(record)).isInstanceOf(UnknownSymbolException.class);
    }

    @Test
    void events() {
        for (Fact fact : List.of(
                new Fact.CustomerRegistered(Optional.of("x"), ACTIVE, Map.of("a", "1")),
                new Fact.CustomerRegistered(Optional.empty(), ACTIVE, Map.of()),
                new Fact.StateChanged(
                        ACTIVE, SUSPENDED, ChangeCause.DUE, Optional.of("c-1:1"), Optional.of("notes"), true),
                new Fact.StateChanged(
                        ACTIVE, SUSPENDED, ChangeCause.COMMAND, Optional.empty(), Optional.empty(), false),
                new Fact.ChangeScheduled("c-1:2", SUSPENDED, true, Optional.of("notes")),
                new Fact.ChangeProposed("c-1:2", SUSPENDED, true, Optional.of("notes")),
                new Fact.ChangeConfirmed(
                        "c-1:1", SUSPENDED, DATE.plusSeconds(9), true, ChangeCause.AUTO, Optional.of("notes")),
                new Fact.ChangeCancelled("c-1:1", SUSPENDED, CancelCause.SUPERSEDED, Optional.of("notes")),
                new Fact.ChangeFailed(
                        "c-1:1", SUSPENDED, dev.standing.domain.command.RejectionCode.ILLEGAL_TRANSITION, "no way"),
                new Fact.PendingOverdue("c-1:1", SUSPENDED),
                new Fact.SubordinateRegistered(ACCOUNT, Optional.empty(), CustomerState.ACTIVE, "dfltActive"),
                new Fact.SubordinateRegistered(SUBSCRIPTION, Optional.of(ACCOUNT), CustomerState.BLOCKED, "fraud"),
                new Fact.SubordinateRemoved(SUBSCRIPTION),
                new Fact.CascadeCompleted(7, Optional.of("c-1:2"), 3, 4),
                new Fact.CascadeCompleted(7, Optional.empty(), 0, 0))) {
            Event event = event(2, fact);

            CustomerEvent record = throughBytes(EventMapping.toAvro(event, Optional.of(HASH)), CustomerEvent.class);

            assertThat(EventMapping.toDomain(record)).isEqualTo(event);
            assertThat(record.getEventId()).isEqualTo("c-1:2");
            assertThat(record.getPreviousHash()).contains(HASH);
        }
    }

    @Test
    void anEventOfALaterVersionIsNotGuessedAt() {
        CustomerEvent known = EventMapping.toAvro(
                event(1, new Fact.CustomerRegistered(Optional.empty(), ACTIVE, Map.of())), Optional.empty());
        CustomerEvent later =
                CustomerEvent.newBuilder(known).setType(EventType.UNKNOWN).build();

        assertThatThrownBy(() -> EventMapping.toDomain(later)).isInstanceOf(UnknownSymbolException.class);
    }

    @Test
    void results() {
        Command command = command(new ChangeState(
                CustomerState.ACTIVE, new ReasonChoice.Missing(), Optional.empty(), false, Optional.empty()));
        Outcome rejected = new Outcome(
                OutcomeStatus.REJECTED,
                Optional.of(Rejection.of(
                        dev.standing.domain.command.RejectionCode.REASON_REQUIRED,
                        CommandField.STATE_REASON,
                        "It needs one")),
                "default-1",
                DATE,
                Optional.empty());

        CommandResult result =
                throughBytes(ResultMapping.toAvro(command, rejected, Optional.empty()), CommandResult.class);

        assertThat(result.getStatus()).isEqualTo(ResultStatus.REJECTED);
        assertThat(result.getCode()).contains(RejectionCode.REASON_REQUIRED);
        assertThat(result.getField()).contains("stateReason");
        assertThat(result.getMessage()).contains("It needs one");
        assertThat(result.getDecidedAt()).isEqualTo(DATE);
        assertThat(result.getRequestId()).contains("r-1");
        assertThat(result.getReplayed()).isFalse();
        assertThat(ResultMapping.replayed(result))
                .isEqualTo(CommandResult.newBuilder(result).setReplayed(true).build());
    }

    @Test
    void aChainIsMadeOfTheHashesOfTheBytes() {
        List<Event> events = List.of(
                event(1, new Fact.CustomerRegistered(Optional.empty(), ACTIVE, Map.of())),
                event(
                        2,
                        new Fact.StateChanged(
                                ACTIVE, SUSPENDED, ChangeCause.COMMAND, Optional.empty(), Optional.empty(), false)),
                event(
                        3,
                        new Fact.StateChanged(
                                SUSPENDED, ACTIVE, ChangeCause.COMMAND, Optional.empty(), Optional.empty(), false)));

        List<EventChain.Link> links = new EventChain().extend(Optional.empty(), events);

        assertThat(links.get(0).event().getPreviousHash()).isEmpty();
        assertThat(links.get(1).event().getPreviousHash())
                .contains(EventChain.hash(links.get(0).payload()));
        assertThat(links.get(2).event().getPreviousHash())
                .contains(EventChain.hash(links.get(1).payload()));
        assertThat(links.get(2).hash()).isEqualTo(EventChain.hash(links.get(2).payload()));
        assertThat(new EventChain()
                        .extend(Optional.of(links.get(0).hash()), events.subList(1, 3))
                        .get(1)
                        .hash())
                .isEqualTo(links.get(2).hash());
    }

    private static Command command(Instruction instruction) {
        return new Command("c-1", ORIGIN, OptionalLong.of(2), Optional.empty(), instruction);
    }

    private static Event event(long sequence, Fact fact) {
        return new Event("c-1", sequence, DATE.plusSeconds(1), ORIGIN, "default-1", fact);
    }

    private static CustomerCommand.Builder record() {
        return CustomerCommand.newBuilder()
                .setCommandId("cmd-1")
                .setCustomerId("c-1")
                .setSource("crm");
    }

    private static Unsupported unsupported(CustomerCommand command) {
        return (Unsupported) CommandMapping.toDomain(command).instruction();
    }

    private static <T extends SpecificRecord> T throughBytes(T record, Class<T> type) {
        AvroPayload<T> payload = new AvroPayload<>(type);
        return payload.decode(payload.encode(record), payload.schema());
    }
}
