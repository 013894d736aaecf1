package dev.standing.mapping.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.standing.avro.SubordinateRegistered;
import dev.standing.avro.SubordinateRemoved;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** An event as REST shows it. */
public final class EventJson {

    private EventJson() {}

    /**
     * The JSON form; what the event does not have is null. The data of a type that this version does not know is empty.
     *
     * @param hash that of the event's own payload
     */
    public static ObjectNode of(CustomerEvent event, Sha256 hash) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("eventId", event.getEventId());
        json.put("sequence", event.getSequence());
        json.put("type", typeName(event));
        json.put("recordedAt", event.getRecordedAt().toString());
        json.put("commandId", event.getCommandId());
        json.put("requestId", event.getRequestId().orElse(null));
        json.put("source", event.getSource());
        json.put("policyVersion", event.getPolicyVersion());
        json.put("previousHash", event.getPreviousHash().map(EventJson::hex).orElse(null));
        json.put("hash", hex(hash));
        json.set("data", data(event).orElseGet(JsonNodeFactory.instance::objectNode));
        return json;
    }

    /** How an event's type is named: {@code STATE_CHANGED} is {@code StateChanged}. */
    public static String typeName(CustomerEvent event) {
        StringBuilder name = new StringBuilder();
        for (String word : event.getType().name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    private static String hex(Sha256 hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }

    private static Optional<ObjectNode> data(CustomerEvent event) {
        return switch (event.getType()) {
            case CUSTOMER_REGISTERED -> event.getCustomerRegistered().map(EventJson::data);
            case STATE_CHANGED -> event.getStateChanged().map(EventJson::data);
            case CHANGE_SCHEDULED -> event.getChangeScheduled().map(EventJson::data);
            case CHANGE_PROPOSED -> event.getChangeProposed().map(EventJson::data);
            case CHANGE_CONFIRMED -> event.getChangeConfirmed().map(EventJson::data);
            case CHANGE_CANCELLED -> event.getChangeCancelled().map(EventJson::data);
            case CHANGE_FAILED -> event.getChangeFailed().map(EventJson::data);
            case PENDING_OVERDUE -> event.getPendingOverdue().map(EventJson::data);
            case SUBORDINATE_REGISTERED -> event.getSubordinateRegistered().map(EventJson::data);
            case SUBORDINATE_REMOVED -> event.getSubordinateRemoved().map(EventJson::data);
            case CASCADE_COMPLETED -> event.getCascadeCompleted().map(EventJson::data);
            case UNKNOWN -> Optional.empty();
        };
    }

    private static ObjectNode data(CustomerRegistered registered) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("externalId", registered.getExternalId().orElse(null));
        data.set("state", StateJson.of(registered.getState()));
        ObjectNode attributes = data.putObject("attributes");
        registered.getAttributes().forEach(attributes::put);
        return data;
    }

    private static ObjectNode data(StateChanged changed) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("before", StateJson.of(changed.getBefore()));
        data.set("after", StateJson.of(changed.getAfter()));
        data.put("cause", changed.getCause().name());
        data.put("changeId", changed.getChangeId().orElse(null));
        data.put("notes", changed.getNotes().orElse(null));
        data.put("cascade", changed.getCascade());
        return data;
    }

    private static ObjectNode data(ChangeScheduled scheduled) {
        return change(scheduled.getChangeId(), scheduled.getChange())
                .put("subordinateUpdated", scheduled.getSubordinateUpdated())
                .put("notes", scheduled.getNotes().orElse(null));
    }

    private static ObjectNode data(ChangeProposed proposed) {
        return change(proposed.getChangeId(), proposed.getChange())
                .put("subordinateUpdated", proposed.getSubordinateUpdated())
                .put("notes", proposed.getNotes().orElse(null));
    }

    private static ObjectNode data(ChangeConfirmed confirmed) {
        return change(confirmed.getChangeId(), confirmed.getChange())
                .put("proposedValidFrom", confirmed.getProposedValidFrom().toString())
                .put("subordinateUpdated", confirmed.getSubordinateUpdated())
                .put("cause", confirmed.getCause().name())
                .put("notes", confirmed.getNotes().orElse(null));
    }

    private static ObjectNode data(ChangeCancelled cancelled) {
        return change(cancelled.getChangeId(), cancelled.getChange())
                .put("cause", cancelled.getCause().name())
                .put("notes", cancelled.getNotes().orElse(null));
    }

    private static ObjectNode data(ChangeFailed failed) {
        return change(failed.getChangeId(), failed.getChange())
                .put("code", failed.getCode().name())
                .put("message", failed.getMessage());
    }

    private static ObjectNode data(PendingOverdue overdue) {
        return change(overdue.getChangeId(), overdue.getChange());
    }

    private static ObjectNode data(SubordinateRegistered registered) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("subordinate", SubordinateJson.of(registered.getSubordinate()));
        return data;
    }

    private static ObjectNode data(SubordinateRemoved removed) {
        return SubordinateJson.ref(removed.getSubordinateType(), removed.getId());
    }

    private static ObjectNode data(CascadeCompleted completed) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("causeSequence", completed.getCauseSequence());
        data.put("changeId", completed.getChangeId().orElse(null));
        data.put("updated", completed.getUpdated());
        data.put("skipped", completed.getSkipped());
        return data;
    }

    private static ObjectNode change(String changeId, StateValue change) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("changeId", changeId);
        data.set("change", StateJson.of(change));
        return data;
    }
}
