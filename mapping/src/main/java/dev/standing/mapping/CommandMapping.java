package dev.standing.mapping;

import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
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
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.serde.GeneratedClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Commands, in both directions. */
public final class CommandMapping {

    static {
        GeneratedClasses.trust();
    }

    private CommandMapping() {}

    /**
     * The Avro form of a command.
     *
     * @throws IllegalArgumentException for an {@link Unsupported} instruction, which only comes from Avro
     */
    public static CustomerCommand toAvro(Command command) {
        CustomerCommand.Builder builder = CustomerCommand.newBuilder()
                .setCommandId(command.origin().commandId())
                .setCustomerId(command.customerId())
                .setRequestId(command.origin().requestId().orElse(null))
                .setSource(command.origin().source())
                .setExpectedVersion(
                        command.expectedVersion().isPresent()
                                ? Long.valueOf(command.expectedVersion().getAsLong())
                                : null)
                .setCustomerExternalId(command.customerExternalId().orElse(null));
        Instruction instruction = command.instruction();
        if (instruction instanceof RegisterCustomer register) {
            builder.setType(CommandType.REGISTER_CUSTOMER).setRegisterCustomer(section(register));
        } else if (instruction instanceof ChangeState change) {
            builder.setType(CommandType.CHANGE_STATE).setChangeState(section(change));
        } else if (instruction instanceof ProposeChange proposal) {
            builder.setType(CommandType.PROPOSE_CHANGE).setProposeChange(section(proposal));
        } else if (instruction instanceof ConfirmChange confirmation) {
            builder.setType(CommandType.CONFIRM_CHANGE).setConfirmChange(section(confirmation));
        } else if (instruction instanceof CancelChange cancellation) {
            builder.setType(CommandType.CANCEL_CHANGE).setCancelChange(section(cancellation));
        } else if (instruction instanceof RegisterSubordinates register) {
            builder.setType(CommandType.REGISTER_SUBORDINATES).setRegisterSubordinates(section(register));
        } else if (instruction instanceof RemoveSubordinate remove) {
            builder.setType(CommandType.REMOVE_SUBORDINATE).setRemoveSubordinate(section(remove));
        } else {
            throw new IllegalArgumentException("There is no command for " + instruction);
        }
        return builder.build();
    }

    /**
     * The command of an Avro record. What this version cannot carry out becomes an {@link Unsupported} instruction; no
     * record that could be decoded is refused here.
     */
    public static Command toDomain(CustomerCommand command) {
        return new Command(
                command.getCustomerId(),
                new Origin(command.getCommandId(), command.getRequestId(), command.getSource()),
                command.getExpectedVersion().map(OptionalLong::of).orElseGet(OptionalLong::empty),
                command.getCustomerExternalId(),
                instruction(command));
    }

    private static dev.standing.avro.RegisterCustomer section(RegisterCustomer register) {
        return dev.standing.avro.RegisterCustomer.newBuilder()
                .setExternalId(register.externalId().orElse(null))
                .setState(register.state().map(StateMapping.STATES::toAvro).orElse(null))
                .setStateReason(register.reason().orElse(null))
                .setValidFrom(register.validFrom().orElse(null))
                .setAttributes(new TreeMap<>(register.attributes()))
                .build();
    }

    private static dev.standing.avro.ChangeState section(ChangeState change) {
        return dev.standing.avro.ChangeState.newBuilder()
                .setState(StateMapping.STATES.toAvro(change.state()))
                .setStateReason(code(change.reason()).orElse(null))
                .setDefaultReason(change.reason() instanceof ReasonChoice.PolicyDefault)
                .setValidFrom(change.validFrom().orElse(null))
                .setSubordinateUpdated(change.subordinateUpdated())
                .setNotes(change.notes().orElse(null))
                .build();
    }

    private static dev.standing.avro.ProposeChange section(ProposeChange proposal) {
        return dev.standing.avro.ProposeChange.newBuilder()
                .setState(StateMapping.STATES.toAvro(proposal.state()))
                .setStateReason(code(proposal.reason()).orElse(null))
                .setValidFrom(proposal.validFrom())
                .setSubordinateUpdated(proposal.subordinateUpdated())
                .setNotes(proposal.notes().orElse(null))
                .build();
    }

    private static dev.standing.avro.ConfirmChange section(ConfirmChange confirmation) {
        return dev.standing.avro.ConfirmChange.newBuilder()
                .setState(StateMapping.STATES.toAvro(confirmation.state()))
                .setStateReason(code(confirmation.reason()).orElse(null))
                .setValidFrom(confirmation.validFrom().orElse(null))
                .setSubordinateUpdated(confirmation.subordinateUpdated().orElse(null))
                .setNotes(confirmation.notes().orElse(null))
                .build();
    }

    private static dev.standing.avro.CancelChange section(CancelChange cancellation) {
        dev.standing.avro.CancelChange.Builder builder = dev.standing.avro.CancelChange.newBuilder()
                .setNotes(cancellation.notes().orElse(null));
        if (cancellation.selection() instanceof ChangeSelection.ById byId) {
            builder.setChangeId(byId.changeId());
        } else if (cancellation.selection() instanceof ChangeSelection.ByState byState) {
            builder.setState(StateMapping.STATES.toAvro(byState.state()))
                    .setStateReason(code(byState.reason()).orElse(null));
        }
        return builder.build();
    }

    private static dev.standing.avro.RegisterSubordinates section(RegisterSubordinates register) {
        return new dev.standing.avro.RegisterSubordinates(register.subordinates().stream()
                .map(subordinate -> SubordinateMapping.toAvro(
                        subordinate.ref(), subordinate.parent(), subordinate.state(), subordinate.reason()))
                .toList());
    }

    private static dev.standing.avro.RemoveSubordinate section(RemoveSubordinate remove) {
        return new dev.standing.avro.RemoveSubordinate(
                SubordinateMapping.TYPES.toAvro(remove.ref().type()),
                remove.ref().id());
    }

    private static Optional<String> code(ReasonChoice reason) {
        return reason instanceof ReasonChoice.Named named ? Optional.of(named.code()) : Optional.empty();
    }

    private static Instruction instruction(CustomerCommand command) {
        return switch (command.getType()) {
            case REGISTER_CUSTOMER ->
                command.getRegisterCustomer()
                        .map(CommandMapping::instruction)
                        .orElseGet(() -> sectionMissing(command, "registerCustomer"));
            case CHANGE_STATE ->
                command.getChangeState()
                        .map(CommandMapping::instruction)
                        .orElseGet(() -> sectionMissing(command, "changeState"));
            case PROPOSE_CHANGE ->
                command.getProposeChange()
                        .map(CommandMapping::instruction)
                        .orElseGet(() -> sectionMissing(command, "proposeChange"));
            case CONFIRM_CHANGE ->
                command.getConfirmChange()
                        .map(CommandMapping::instruction)
                        .orElseGet(() -> sectionMissing(command, "confirmChange"));
            case CANCEL_CHANGE ->
                command.getCancelChange()
                        .map(CommandMapping::instruction)
                        .orElseGet(() -> sectionMissing(command, "cancelChange"));
            case REGISTER_SUBORDINATES ->
                command.getRegisterSubordinates()
                        .map(CommandMapping::instruction)
                        .orElseGet(() -> sectionMissing(command, "registerSubordinates"));
            case REMOVE_SUBORDINATE ->
                command.getRemoveSubordinate()
                        .map(CommandMapping::instruction)
                        .orElseGet(() -> sectionMissing(command, "removeSubordinate"));
            case UNKNOWN ->
                new Unsupported(
                        command.getType().name(),
                        CommandField.TYPE,
                        "This version does not know the command's type",
                        false);
        };
    }

    private static Instruction instruction(dev.standing.avro.RegisterCustomer register) {
        if (register.getState().isPresent()
                && register.getState().flatMap(StateMapping.STATES::toDomain).isEmpty()) {
            return stateUnknown(CommandType.REGISTER_CUSTOMER);
        }
        return new RegisterCustomer(
                register.getExternalId(),
                register.getState().flatMap(StateMapping.STATES::toDomain),
                register.getStateReason(),
                register.getValidFrom(),
                register.getAttributes());
    }

    private static Instruction instruction(dev.standing.avro.ChangeState change) {
        Optional<String> reason = change.getStateReason();
        return StateMapping.STATES
                .toDomain(change.getState())
                .<Instruction>map(state -> new ChangeState(
                        state,
                        reason.isEmpty() && change.getDefaultReason()
                                ? new ReasonChoice.PolicyDefault()
                                : ReasonChoice.of(reason),
                        change.getValidFrom(),
                        change.getSubordinateUpdated(),
                        change.getNotes()))
                .orElseGet(() -> stateUnknown(CommandType.CHANGE_STATE));
    }

    private static Instruction instruction(dev.standing.avro.ProposeChange proposal) {
        return StateMapping.STATES
                .toDomain(proposal.getState())
                .<Instruction>map(state -> new ProposeChange(
                        state,
                        ReasonChoice.of(proposal.getStateReason()),
                        proposal.getValidFrom(),
                        proposal.getSubordinateUpdated(),
                        proposal.getNotes()))
                .orElseGet(() -> stateUnknown(CommandType.PROPOSE_CHANGE));
    }

    private static Instruction instruction(dev.standing.avro.ConfirmChange confirmation) {
        return StateMapping.STATES
                .toDomain(confirmation.getState())
                .<Instruction>map(state -> new ConfirmChange(
                        state,
                        ReasonChoice.of(confirmation.getStateReason()),
                        confirmation.getValidFrom(),
                        confirmation.getSubordinateUpdated(),
                        confirmation.getNotes()))
                .orElseGet(() -> stateUnknown(CommandType.CONFIRM_CHANGE));
    }

    /** One that names both the id and a state, or neither, could be meant for two changes, or for none. */
    private static Instruction instruction(dev.standing.avro.CancelChange cancellation) {
        boolean byId = cancellation.getChangeId().isPresent();
        boolean byState = cancellation.getState().isPresent()
                || cancellation.getStateReason().isPresent();
        if (byId == byState || (byState && cancellation.getState().isEmpty())) {
            return new Unsupported(
                    CommandType.CANCEL_CHANGE.name(),
                    CommandField.CHANGE_ID,
                    "A cancellation names either the id of a change, or its state and reason",
                    true);
        }
        Optional<ChangeSelection> selection = byId
                ? cancellation.getChangeId().map(ChangeSelection.ById::new)
                : cancellation
                        .getState()
                        .flatMap(StateMapping.STATES::toDomain)
                        .map(state ->
                                new ChangeSelection.ByState(state, ReasonChoice.of(cancellation.getStateReason())));
        return selection
                .<Instruction>map(selected -> new CancelChange(selected, cancellation.getNotes()))
                .orElseGet(() -> stateUnknown(CommandType.CANCEL_CHANGE));
    }

    private static Instruction instruction(dev.standing.avro.RegisterSubordinates register) {
        List<RegisteredSubordinate> subordinates = new ArrayList<>();
        for (dev.standing.avro.Subordinate subordinate : register.getSubordinates()) {
            Optional<RegisteredSubordinate> registered = registered(subordinate);
            if (registered.isEmpty()) {
                return new Unsupported(
                        CommandType.REGISTER_SUBORDINATES.name(),
                        CommandField.SUBORDINATES,
                        RegisterSubordinates.position(subordinates.size())
                                + ": This version does not know the type, the parent's type or the state",
                        true);
            }
            subordinates.add(registered.get());
        }
        return new RegisterSubordinates(subordinates);
    }

    /** Empty if this version does not know one of its symbols. */
    private static Optional<RegisteredSubordinate> registered(dev.standing.avro.Subordinate subordinate) {
        Optional<SubordinateType> type = SubordinateMapping.TYPES.toDomain(subordinate.getType());
        Optional<CustomerState> state = StateMapping.STATES.toDomain(subordinate.getState());
        Optional<SubordinateRef> parent = subordinate.getParent().flatMap(CommandMapping::ref);
        if (type.isEmpty()
                || state.isEmpty()
                || parent.isPresent() != subordinate.getParent().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new RegisteredSubordinate(
                new SubordinateRef(type.get(), subordinate.getId()),
                parent,
                state.get(),
                subordinate.getStateReason()));
    }

    private static Optional<SubordinateRef> ref(dev.standing.avro.SubordinateRef ref) {
        return SubordinateMapping.TYPES.toDomain(ref.getType()).map(type -> new SubordinateRef(type, ref.getId()));
    }

    private static Instruction instruction(dev.standing.avro.RemoveSubordinate remove) {
        return SubordinateMapping.TYPES
                .toDomain(remove.getSubordinateType())
                .<Instruction>map(type -> new RemoveSubordinate(new SubordinateRef(type, remove.getId())))
                .orElseGet(() -> new Unsupported(
                        CommandType.REMOVE_SUBORDINATE.name(),
                        CommandField.SUBORDINATE_TYPE,
                        "This version does not know the type of subordinate",
                        true));
    }

    private static Instruction sectionMissing(CustomerCommand command, String section) {
        return new Unsupported(
                command.getType().name(),
                CommandField.TYPE,
                "A command of type " + command.getType() + " needs the section " + section,
                command.getType() != CommandType.REGISTER_CUSTOMER);
    }

    private static Instruction stateUnknown(CommandType type) {
        return new Unsupported(
                type.name(),
                CommandField.STATE,
                "This version does not know the state",
                type != CommandType.REGISTER_CUSTOMER);
    }
}
