package dev.standing.mapping;

import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.Unsupported;
import dev.standing.domain.command.Origin;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.serde.GeneratedClasses;
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
        ReasonChoice reason = change.reason();
        return dev.standing.avro.ChangeState.newBuilder()
                .setState(StateMapping.STATES.toAvro(change.state()))
                .setStateReason(reason instanceof ReasonChoice.Named named ? named.code() : null)
                .setDefaultReason(reason instanceof ReasonChoice.PolicyDefault)
                .setValidFrom(change.validFrom().orElse(null))
                .setSubordinateUpdated(change.subordinateUpdated())
                .setNotes(change.notes().orElse(null))
                .build();
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
            case PROPOSE_CHANGE, CONFIRM_CHANGE, CANCEL_CHANGE, REGISTER_SUBORDINATES, REMOVE_SUBORDINATE ->
                new Unsupported(
                        command.getType().name(), CommandField.TYPE, command.getType() + " is not supported yet", true);
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
