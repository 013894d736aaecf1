package dev.standing.audit.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.history.TimelineEntry.Downstream;
import dev.standing.audit.history.TimelineEntry.OfBytes;
import dev.standing.audit.history.TimelineEntry.OfEvent;
import dev.standing.audit.history.TimelineEntry.OfRequest;
import dev.standing.audit.log.Place;
import dev.standing.avro.CommandResult;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.mapping.json.EventJson;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A life as machines read it. What there is not is null. */
final class TimelineJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TimelineJson() {}

    static ObjectNode of(Timeline life) {
        ObjectNode json = JSON.objectNode();
        ObjectNode summary = json.putObject("summary");
        summary.put("customerId", life.customerId());
        summary.put("externalId", life.externalId().orElse(null));
        summary.put("lastSequence", life.lastSequence());
        summary.put("state", life.state().map(state -> state.state().name()).orElse(null));
        summary.put("stateReason", life.state().map(state -> state.reason()).orElse(null));
        summary.put(
                "stateValidFrom",
                life.state().map(state -> state.validFrom().toString()).orElse(null));
        summary.put("events", life.count(OfEvent.class));
        summary.put("requests", life.count(OfRequest.class));
        summary.put("chained", life.isWhole());
        summary.put("broken", life.broken());
        ArrayNode entries = json.putArray("entries");
        life.entries().forEach(entry -> entries.add(entry(entry)));
        return json;
    }

    private static ObjectNode entry(TimelineEntry entry) {
        if (entry instanceof OfEvent event) {
            return event(event);
        }
        if (entry instanceof OfRequest request) {
            return request(request);
        }
        OfBytes bytes = (OfBytes) entry;
        return place(JSON.objectNode().put("kind", "UNREADABLE"), bytes.place())
                .put("chained", false)
                .put("problem", bytes.why());
    }

    private static ObjectNode event(OfEvent entry) {
        ObjectNode json = JSON.objectNode().put("kind", "EVENT");
        json.setAll(EventJson.of(entry.logged().event(), entry.logged().hash()));
        if (json.at("/data/attributes") instanceof ObjectNode attributes) {
            sort(attributes);
        }
        place(json, entry.logged().place());
        json.put("chained", entry.problem().isEmpty());
        json.put("problem", entry.problem().orElse(null));
        json.put("dated", entry.event().flatMap(TimelineJson::dated).orElse(null));
        ArrayNode plan = json.putArray("plan");
        entry.plan()
                .forEach(
                        link -> plan.addObject().put("what", link.what().name()).put("sequence", link.sequence()));
        json.set("cascade", entry.cascade().map(TimelineJson::cascade).orElse(null));
        return json;
    }

    /** Attributes were read in an order that is nobody's. */
    private static void sort(ObjectNode attributes) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        attributes.properties().forEach(attribute -> sorted.put(attribute.getKey(), attribute.getValue()));
        attributes.removeAll();
        attributes.setAll(sorted);
    }

    /** Whether the date lies before or after the time at which it was recorded; empty for events without a date. */
    private static Optional<String> dated(Event event) {
        return date(event.fact()).map(date -> {
            int order = date.compareTo(event.recordedAt());
            return order == 0 ? "AT_ONCE" : order < 0 ? "PAST" : "FUTURE";
        });
    }

    private static Optional<Instant> date(Fact fact) {
        if (fact instanceof CustomerRegistered registered) {
            return Optional.of(registered.state().validFrom());
        }
        if (fact instanceof StateChanged changed) {
            return Optional.of(changed.after().validFrom());
        }
        if (fact instanceof ChangeScheduled scheduled) {
            return Optional.of(scheduled.change().validFrom());
        }
        if (fact instanceof ChangeProposed proposed) {
            return Optional.of(proposed.change().validFrom());
        }
        return fact instanceof ChangeConfirmed confirmed
                ? Optional.of(confirmed.change().validFrom())
                : Optional.empty();
    }

    private static ObjectNode cascade(Downstream cascade) {
        ObjectNode json = JSON.objectNode();
        json.put("completedBy", cascade.completedBy().orElse(null));
        json.put(
                "updated",
                cascade.completed().map(completed -> completed.updated()).orElse(null));
        json.put(
                "skipped",
                cascade.completed().map(completed -> completed.skipped()).orElse(null));
        json.set(
                "retainedUpdates",
                cascade.retained().map(TimelineJson::retained).orElse(null));
        return json;
    }

    private static ObjectNode retained(RetainedUpdates updates) {
        ObjectNode json = JSON.objectNode().put("count", updates.count());
        json.set("first", place(JSON.objectNode(), updates.first()));
        json.set("last", place(JSON.objectNode(), updates.last()));
        ArrayNode listed = json.putArray("listed");
        updates.listed()
                .forEach(logged -> place(listed.addObject(), logged.place())
                        .put("updateId", logged.update().getUpdateId())
                        .put("type", logged.update().getSubordinateType().name())
                        .put("id", logged.update().getId())
                        .put("state", logged.update().getState().getState().name())
                        .put("stateReason", logged.update().getState().getStateReason())
                        .put(
                                "stateValidFrom",
                                logged.update().getState().getValidFrom().toString()));
        return json;
    }

    private static ObjectNode request(OfRequest entry) {
        CommandResult result = entry.logged().result();
        ObjectNode json = JSON.objectNode()
                .put("kind", "REQUEST")
                .put("afterSequence", entry.afterSequence())
                .put("decidedAt", result.getDecidedAt().toString())
                .put("status", result.getStatus().name())
                .put("code", result.getCode().map(Enum::name).orElse(null))
                .put("message", result.getMessage().orElse(null))
                .put("field", result.getField().orElse(null))
                .put("replayed", result.getReplayed())
                .put("commandId", entry.logged().commandId())
                .put("originalCommandId", result.getReplayed() ? result.getCommandId() : null)
                .put("requestId", result.getRequestId().orElse(null))
                .put("source", result.getSource())
                .put("policyVersion", result.getPolicyVersion());
        return place(json, entry.logged().place());
    }

    private static ObjectNode place(ObjectNode json, Place place) {
        return json.put("partition", place.partition()).put("offset", place.offset());
    }
}
