package dev.standing.audit.export;

import static dev.standing.audit.export.format.Column.optional;
import static dev.standing.audit.export.format.Column.required;
import static dev.standing.audit.export.format.ColumnType.BOOLEAN;
import static dev.standing.audit.export.format.ColumnType.INTEGER;
import static dev.standing.audit.export.format.ColumnType.LONG;
import static dev.standing.audit.export.format.ColumnType.TEXT;
import static dev.standing.audit.export.format.ColumnType.TIMESTAMP;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.export.format.Column;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.avro.CascadeCompleted;
import dev.standing.avro.ChangeCancelled;
import dev.standing.avro.ChangeConfirmed;
import dev.standing.avro.ChangeFailed;
import dev.standing.avro.ChangeProposed;
import dev.standing.avro.ChangeScheduled;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerRegistered;
import dev.standing.avro.PendingOverdue;
import dev.standing.avro.Sha256;
import dev.standing.avro.StateChanged;
import dev.standing.avro.StateValue;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateRef;
import dev.standing.avro.SubordinateRegistered;
import dev.standing.avro.SubordinateRemoved;
import dev.standing.mapping.json.EventJson;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The columns of events in the flat formats: those that all have, and those of one type or several. */
final class EventColumns {

    /** In the order of the files. */
    static final List<Column<LoggedEvent>> ALL = List.of(
            required(
                    "partition",
                    INTEGER,
                    "Where the event lies: the partition of the topic.",
                    row -> row.place().partition()),
            required(
                    "offset",
                    LONG,
                    "Where the event lies: the offset in the partition.",
                    row -> row.place().offset()),
            required("customerId", TEXT, "Whose event it is.", of(CustomerEvent::getCustomerId)),
            required("sequence", LONG, "1, 2, 3, ... within the customer.", of(CustomerEvent::getSequence)),
            required("eventId", TEXT, "Names the event.", of(CustomerEvent::getEventId)),
            required("type", TEXT, "What happened, as in REST: StateChanged, ...", of(EventJson::typeName)),
            required("recordedAt", TIMESTAMP, "When it was decided.", of(CustomerEvent::getRecordedAt)),
            required("commandId", TEXT, "The command that caused or planned it.", of(CustomerEvent::getCommandId)),
            optional("requestId", TEXT, "The request of that command.", of(CustomerEvent::getRequestId)),
            required("source", TEXT, "Who sent that command.", of(CustomerEvent::getSource)),
            required("policyVersion", TEXT, "The policy that decided.", of(CustomerEvent::getPolicyVersion)),
            optional(
                    "previousHash",
                    TEXT,
                    "SHA-256 of the customer's event before this one, in hexadecimal; none in the first.",
                    of(event -> event.getPreviousHash().map(EventColumns::hex))),
            required(
                    "hash",
                    TEXT,
                    "SHA-256 of the event as it lies in the log, in hexadecimal.",
                    row -> hex(row.hash())),
            optional("stateBefore", TEXT, "StateChanged: the state before.", before(EventColumns::state)),
            optional("stateReasonBefore", TEXT, "StateChanged: the reason before.", before(StateValue::getStateReason)),
            optional("validFromBefore", TIMESTAMP, "StateChanged: its date.", before(StateValue::getValidFrom)),
            optional("state", TEXT, "The state that holds now, or that is planned.", after(EventColumns::state)),
            optional("stateReason", TEXT, "The reason of that state.", after(StateValue::getStateReason)),
            optional("validFrom", TIMESTAMP, "The date of that state.", after(StateValue::getValidFrom)),
            optional(
                    "proposedValidFrom",
                    TIMESTAMP,
                    "ChangeConfirmed: the date that had been proposed.",
                    of(event -> event.getChangeConfirmed().map(ChangeConfirmed::getProposedValidFrom))),
            optional("changeId", TEXT, "The planned change that it is about.", of(EventColumns::changeId)),
            optional("cause", TEXT, "What changed, confirmed or cancelled it.", of(EventColumns::cause)),
            optional("cascade", BOOLEAN, "Whether subordinates follow.", of(EventColumns::cascade)),
            optional("notes", TEXT, "What the request noted.", of(EventColumns::notes)),
            optional(
                    "code",
                    TEXT,
                    "ChangeFailed: why.",
                    of(event -> event.getChangeFailed()
                            .map(failed -> failed.getCode().name()))),
            optional(
                    "message",
                    TEXT,
                    "ChangeFailed: why, in words.",
                    of(event -> event.getChangeFailed().map(ChangeFailed::getMessage))),
            optional(
                    "externalId",
                    TEXT,
                    "CustomerRegistered: the other name of the customer.",
                    of(event -> event.getCustomerRegistered().flatMap(CustomerRegistered::getExternalId))),
            optional(
                    "attributes",
                    TEXT,
                    "CustomerRegistered: a JSON object of texts, sorted by name.",
                    of(event -> event.getCustomerRegistered()
                            .map(registered ->
                                    attributes(registered.getAttributes()).toString()))),
            optional("subordinateType", TEXT, "Whose subordinate it is about.", of(EventColumns::subordinateType)),
            optional("subordinateId", TEXT, "Its id.", of(EventColumns::subordinateId)),
            optional(
                    "parentType",
                    TEXT,
                    "SubordinateRegistered: its parent; none: the customer.",
                    subordinate(subordinate -> subordinate
                            .getParent()
                            .map(parent -> parent.getType().name()))),
            optional(
                    "parentId",
                    TEXT,
                    "SubordinateRegistered: its parent's id.",
                    subordinate(subordinate -> subordinate.getParent().map(SubordinateRef::getId))),
            optional(
                    "subordinateState",
                    TEXT,
                    "SubordinateRegistered: its state.",
                    subordinate(
                            subordinate -> Optional.of(subordinate.getState().name()))),
            optional(
                    "subordinateStateReason",
                    TEXT,
                    "SubordinateRegistered: its reason; none: the state's default.",
                    subordinate(Subordinate::getStateReason)),
            optional(
                    "causeSequence",
                    LONG,
                    "CascadeCompleted: the sequence of the change.",
                    completed(CascadeCompleted::getCauseSequence)),
            optional(
                    "updated",
                    LONG,
                    "CascadeCompleted: how many subordinates followed.",
                    completed(CascadeCompleted::getUpdated)),
            optional(
                    "skipped",
                    LONG,
                    "CascadeCompleted: how many had no need to.",
                    completed(CascadeCompleted::getSkipped)));

    private EventColumns() {}

    private static <T> Function<LoggedEvent, T> of(Function<CustomerEvent, T> value) {
        return row -> value.apply(row.event());
    }

    private static Function<LoggedEvent, Optional<?>> before(Function<StateValue, Object> value) {
        return row -> row.event().getStateChanged().map(StateChanged::getBefore).map(value);
    }

    private static Function<LoggedEvent, Optional<?>> after(Function<StateValue, Object> value) {
        return row -> after(row.event()).map(value);
    }

    private static Function<LoggedEvent, Optional<?>> subordinate(Function<Subordinate, Optional<String>> value) {
        return row -> row.event()
                .getSubordinateRegistered()
                .map(SubordinateRegistered::getSubordinate)
                .flatMap(value);
    }

    private static Function<LoggedEvent, Optional<?>> completed(Function<CascadeCompleted, Object> value) {
        return row -> row.event().getCascadeCompleted().map(value);
    }

    /** The state that the event gives the customer, or that the change which it is about would give. */
    private static Optional<StateValue> after(CustomerEvent event) {
        return event.getCustomerRegistered()
                .map(CustomerRegistered::getState)
                .or(() -> event.getStateChanged().map(StateChanged::getAfter))
                .or(() -> event.getChangeScheduled().map(ChangeScheduled::getChange))
                .or(() -> event.getChangeProposed().map(ChangeProposed::getChange))
                .or(() -> event.getChangeConfirmed().map(ChangeConfirmed::getChange))
                .or(() -> event.getChangeCancelled().map(ChangeCancelled::getChange))
                .or(() -> event.getChangeFailed().map(ChangeFailed::getChange))
                .or(() -> event.getPendingOverdue().map(PendingOverdue::getChange));
    }

    private static String state(StateValue value) {
        return value.getState().name();
    }

    private static Optional<?> changeId(CustomerEvent event) {
        return event.getStateChanged()
                .flatMap(StateChanged::getChangeId)
                .or(() -> event.getChangeScheduled().map(ChangeScheduled::getChangeId))
                .or(() -> event.getChangeProposed().map(ChangeProposed::getChangeId))
                .or(() -> event.getChangeConfirmed().map(ChangeConfirmed::getChangeId))
                .or(() -> event.getChangeCancelled().map(ChangeCancelled::getChangeId))
                .or(() -> event.getChangeFailed().map(ChangeFailed::getChangeId))
                .or(() -> event.getPendingOverdue().map(PendingOverdue::getChangeId))
                .or(() -> event.getCascadeCompleted().flatMap(CascadeCompleted::getChangeId));
    }

    private static Optional<?> cause(CustomerEvent event) {
        return event.getStateChanged()
                .map(changed -> changed.getCause().name())
                .or(() -> event.getChangeConfirmed()
                        .map(confirmed -> confirmed.getCause().name()))
                .or(() -> event.getChangeCancelled()
                        .map(cancelled -> cancelled.getCause().name()));
    }

    private static Optional<?> cascade(CustomerEvent event) {
        return event.getStateChanged()
                .map(StateChanged::getCascade)
                .or(() -> event.getChangeScheduled().map(ChangeScheduled::getSubordinateUpdated))
                .or(() -> event.getChangeProposed().map(ChangeProposed::getSubordinateUpdated))
                .or(() -> event.getChangeConfirmed().map(ChangeConfirmed::getSubordinateUpdated));
    }

    private static Optional<?> notes(CustomerEvent event) {
        return event.getStateChanged()
                .flatMap(StateChanged::getNotes)
                .or(() -> event.getChangeScheduled().flatMap(ChangeScheduled::getNotes))
                .or(() -> event.getChangeProposed().flatMap(ChangeProposed::getNotes))
                .or(() -> event.getChangeConfirmed().flatMap(ChangeConfirmed::getNotes))
                .or(() -> event.getChangeCancelled().flatMap(ChangeCancelled::getNotes));
    }

    private static Optional<?> subordinateType(CustomerEvent event) {
        return event.getSubordinateRegistered()
                .map(registered -> registered.getSubordinate().getType().name())
                .or(() -> event.getSubordinateRemoved()
                        .map(removed -> removed.getSubordinateType().name()));
    }

    private static Optional<?> subordinateId(CustomerEvent event) {
        return event.getSubordinateRegistered()
                .map(registered -> registered.getSubordinate().getId())
                .or(() -> event.getSubordinateRemoved().map(SubordinateRemoved::getId));
    }

    /** Attributes by name, since the order in which they were decoded is nobody's promise. */
    static ObjectNode attributes(Map<String, String> attributes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(attributes).forEach(json::put);
        return json;
    }

    static String hex(Sha256 hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }
}
