package dev.standing.domain.command;

import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RegisteredSubordinate;
import dev.standing.domain.command.Instruction.RemoveSubordinate;
import dev.standing.domain.command.Instruction.Unsupported;
import dev.standing.domain.customer.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makes a command well formed, whoever sends it: INVALID_REQUEST in {@code semantics.md} section 4, step 5, as far
 * as it needs neither the customer nor the time. The limits keep every record that follows from a command well below
 * what a broker takes.
 */
public final class CommandValidation {

    /** The longest id, in UTF-16 code units. */
    public static final int MAX_ID_LENGTH = 256;

    /** The longest id of a planned change: a customerId, a colon and a sequence; in UTF-16 code units. */
    public static final int MAX_CHANGE_ID_LENGTH = MAX_ID_LENGTH + 20;

    /** The longest reason code, in UTF-16 code units. */
    public static final int MAX_REASON_LENGTH = 128;

    /** The longest notes, in UTF-16 code units. */
    public static final int MAX_NOTES_LENGTH = 4_000;

    /** The most attributes of a customer. */
    public static final int MAX_ATTRIBUTES = 50;

    /** The longest name of an attribute, in UTF-16 code units. */
    public static final int MAX_ATTRIBUTE_NAME_LENGTH = 100;

    /** The longest value of an attribute, in UTF-16 code units. */
    public static final int MAX_ATTRIBUTE_VALUE_LENGTH = 1_000;

    /** The most subordinates of one registration. */
    public static final int MAX_SUBORDINATES = 1_000;

    /** The earliest date that a change can have. */
    public static final Instant MIN_DATE = Instant.parse("0001-01-01T00:00:00Z");

    /** The latest date that a change can have. */
    public static final Instant MAX_DATE = Instant.parse("9999-12-31T23:59:59.999Z");

    private CommandValidation() {}

    /**
     * Whether the ids are such that an answer can be addressed: a command that fails here cannot be answered.
     *
     * @return what is wrong; empty: nothing
     */
    public static Optional<Rejection> identification(Command command) {
        Origin origin = command.origin();
        return id(CommandField.COMMAND_ID, origin.commandId())
                .or(() -> id(CommandField.CUSTOMER_ID, command.customerId()))
                .or(() -> id(CommandField.SOURCE, origin.source()))
                .or(() -> origin.requestId().flatMap(requestId -> id(CommandField.REQUEST_ID, requestId)));
    }

    /**
     * Whether the rest is well formed.
     *
     * @return what is wrong; empty: nothing
     */
    public static Optional<Rejection> content(Command command) {
        Instruction instruction = command.instruction();
        if (instruction instanceof Unsupported unsupported) {
            return invalid(unsupported.field(), unsupported.message());
        }
        Optional<Rejection> common = expectedVersion(command)
                .or(() -> command.customerExternalId()
                        .flatMap(externalId -> id(CommandField.CUSTOMER_EXTERNAL_ID, externalId)));
        if (common.isPresent()) {
            return common;
        }
        if (instruction instanceof RegisterCustomer register) {
            return registration(register);
        }
        if (instruction instanceof ChangeState change) {
            return change(change.reason(), change.validFrom(), change.notes());
        }
        if (instruction instanceof ProposeChange proposal) {
            return change(proposal.reason(), Optional.of(proposal.validFrom()), proposal.notes());
        }
        if (instruction instanceof ConfirmChange confirmation) {
            return change(confirmation.reason(), confirmation.validFrom(), confirmation.notes());
        }
        if (instruction instanceof CancelChange cancellation) {
            return cancellation(cancellation);
        }
        if (instruction instanceof RegisterSubordinates register) {
            return subordinates(register.subordinates());
        }
        if (instruction instanceof RemoveSubordinate remove) {
            return id(CommandField.ID, remove.ref().id());
        }
        return Optional.empty();
    }

    private static Optional<Rejection> expectedVersion(Command command) {
        return command.expectedVersion().orElse(0) < 0
                ? invalid(CommandField.EXPECTED_VERSION, "A version is not negative")
                : Optional.empty();
    }

    private static Optional<Rejection> registration(RegisterCustomer register) {
        return register.externalId()
                .flatMap(externalId -> id(CommandField.EXTERNAL_ID, externalId))
                .or(() -> register.reason().flatMap(CommandValidation::reasonCode))
                .or(() -> reasonNeedsState(register))
                .or(() -> register.validFrom().flatMap(CommandValidation::date))
                .or(() -> attributes(register.attributes()));
    }

    private static Optional<Rejection> reasonNeedsState(RegisterCustomer register) {
        return register.reason().isPresent() && register.state().isEmpty()
                ? invalid(CommandField.STATE_REASON, "A reason needs the state that it is for")
                : Optional.empty();
    }

    private static Optional<Rejection> change(
            ReasonChoice reason, Optional<Instant> validFrom, Optional<String> notes) {
        return reason(reason)
                .or(() -> validFrom.flatMap(CommandValidation::date))
                .or(() -> notes.flatMap(CommandValidation::notes));
    }

    private static Optional<Rejection> cancellation(CancelChange cancellation) {
        Optional<Rejection> selection = cancellation.selection() instanceof ChangeSelection.ByState byState
                ? reason(byState.reason())
                : changeId(((ChangeSelection.ById) cancellation.selection()).changeId());
        return selection.or(() -> cancellation.notes().flatMap(CommandValidation::notes));
    }

    private static Optional<Rejection> subordinates(List<RegisteredSubordinate> subordinates) {
        if (subordinates.isEmpty() || subordinates.size() > MAX_SUBORDINATES) {
            return invalid(
                    CommandField.SUBORDINATES,
                    "1 to " + MAX_SUBORDINATES + " subordinates are registered at once, not " + subordinates.size());
        }
        for (int i = 0; i < subordinates.size(); i++) {
            Optional<Rejection> wrong = subordinate(RegisterSubordinates.position(i), subordinates.get(i));
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<Rejection> subordinate(String position, RegisteredSubordinate subordinate) {
        return id(CommandField.SUBORDINATES, subordinate.ref().id())
                .or(() -> subordinate.reason().flatMap(CommandValidation::reasonCode))
                .flatMap(wrong -> invalid(CommandField.SUBORDINATES, position + ": " + wrong.message()))
                .or(() -> subordinate
                        .parent()
                        .flatMap(parent -> id(CommandField.SUBORDINATES, parent.id()))
                        .flatMap(
                                wrong -> invalid(CommandField.SUBORDINATES, position + ".parent: " + wrong.message())));
    }

    private static Optional<Rejection> changeId(String changeId) {
        return changeId.isBlank() || changeId.length() > MAX_CHANGE_ID_LENGTH || !isPlainText(changeId)
                ? invalid(CommandField.CHANGE_ID, "The id of a change is the one that was given when it was planned")
                : Optional.empty();
    }

    private static Optional<Rejection> reason(ReasonChoice reason) {
        return reason instanceof ReasonChoice.Named named ? reasonCode(named.code()) : Optional.empty();
    }

    private static Optional<Rejection> attributes(Map<String, String> attributes) {
        if (attributes.size() > MAX_ATTRIBUTES) {
            return invalid(CommandField.ATTRIBUTES, "At most " + MAX_ATTRIBUTES + " attributes are kept");
        }
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            String name = attribute.getKey();
            if (name.isBlank() || name.length() > MAX_ATTRIBUTE_NAME_LENGTH || !isPlainText(name)) {
                return invalid(
                        CommandField.ATTRIBUTES,
                        "The name of an attribute has 1 to " + MAX_ATTRIBUTE_NAME_LENGTH
                                + " characters, not all blank and none of them invisible");
            }
            String value = attribute.getValue();
            if (value.length() > MAX_ATTRIBUTE_VALUE_LENGTH || !isUnicode(value)) {
                return invalid(
                        CommandField.ATTRIBUTES,
                        "The attribute " + name + " has at most " + MAX_ATTRIBUTE_VALUE_LENGTH
                                + " characters of well-formed Unicode");
            }
        }
        return Optional.empty();
    }

    private static Optional<Rejection> id(CommandField field, String id) {
        if (id.isBlank()
                || id.length() > MAX_ID_LENGTH
                || !isPlainText(id)
                || !id.strip().equals(id)) {
            return invalid(
                    field,
                    "An id has 1 to " + MAX_ID_LENGTH
                            + " characters, none of them invisible, and no blank at either end");
        }
        return Optional.empty();
    }

    private static Optional<Rejection> reasonCode(String code) {
        return code.isBlank() || code.length() > MAX_REASON_LENGTH || !isPlainText(code)
                ? invalid(
                        CommandField.STATE_REASON,
                        "A reason has 1 to " + MAX_REASON_LENGTH
                                + " characters, not all blank and none of them invisible")
                : Optional.empty();
    }

    private static Optional<Rejection> notes(String notes) {
        return notes.length() > MAX_NOTES_LENGTH || !isUnicode(notes)
                ? invalid(
                        CommandField.NOTES,
                        "Notes have at most " + MAX_NOTES_LENGTH + " characters of well-formed Unicode")
                : Optional.empty();
    }

    private static Optional<Rejection> date(Instant date) {
        return date.isBefore(MIN_DATE) || date.isAfter(MAX_DATE)
                ? invalid(CommandField.VALID_FROM, "A date lies in the years 1 to 9999")
                : Optional.empty();
    }

    private static boolean isPlainText(String text) {
        return isUnicode(text) && text.codePoints().noneMatch(CommandValidation::isInvisible);
    }

    /** Two ids that people cannot tell apart must not name two customers: no blank is one but the ordinary one. */
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> codePoint != ' ';
            default -> false;
        };
    }

    /** A lone surrogate has no UTF-8 form: it would come back as another text than it was. */
    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(codePoint -> Character.getType(codePoint) == Character.SURROGATE);
    }

    private static Optional<Rejection> invalid(CommandField field, String message) {
        return Optional.of(new Rejection(RejectionCode.INVALID_REQUEST, message, Optional.of(field)));
    }
}
