package dev.standing.audit.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.history.AsOfAnswer.AstrayRecord;
import dev.standing.audit.history.AsOfAnswer.BrokenCustomer;
import dev.standing.audit.history.AsOfAnswer.BrokenLater;
import dev.standing.audit.history.AsOfAnswer.Nothing;
import dev.standing.audit.history.AsOfAnswer.NothingHeld;
import dev.standing.audit.log.Place;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.history.PointInTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where one customer stood and why, as people and machines are told.
 *
 * @param answer what the log says
 * @param point the point in time that was asked for
 * @param clock when it was asked: that is told only where the answer depends on it
 */
public record AsOfReport(AsOfAnswer answer, PointInTime point, Instant clock) {

    /** Whether a state was found. */
    public boolean isFound() {
        return answer.held().isPresent();
    }

    /** Whether a state was found, and nothing that does not follow. */
    public boolean isSound() {
        return answer instanceof HeldState;
    }

    /** For people: the answer, without what is wrong with the customer's records. */
    public List<String> text() {
        AsOfAnswer told = answer instanceof BrokenLater later ? later.answer() : answer;
        if (told instanceof HeldState held) {
            return text(held);
        }
        return told instanceof NothingHeld nothing
                ? new Paragraph().heading(nothing(nothing)).lines()
                : List.of();
    }

    /** For people: what is wrong with the customer's records. */
    public List<String> problem() {
        return problem(answer)
                .map(words -> new Paragraph().heading(words).lines())
                .orElse(List.of());
    }

    private String nothing(NothingHeld nothing) {
        if (nothing.why() == Nothing.NEVER_REGISTERED) {
            return "No customer " + nothing.customerId() + " was ever registered.";
        }
        return "Customer " + nothing.customerId()
                + (nothing.why() == Nothing.UNKNOWN_THEN
                        ? " was not known yet " + knownAt()
                        : " had no state yet " + validAt() + ", as known " + knownAt());
    }

    /** What is said of records that do not follow or belong elsewhere; empty: there are none. */
    static Optional<String> problem(AsOfAnswer answer) {
        if (answer instanceof BrokenLater later) {
            return Optional.of("Warning: a later " + record(later.broken()) + ". See ./standing audit verify");
        }
        if (answer instanceof BrokenCustomer broken) {
            Place place = broken.place();
            return Optional.of("A " + record(broken)
                    + ", so that nothing is said of what comes after it. See ./standing audit verify; --until "
                    + place.partition() + ":" + place.offset() + " answers from what lies before it");
        }
        return answer instanceof AstrayRecord astray
                ? Optional.of("A record of customer " + astray.customerId() + " at " + astray.place()
                        + " has no part in any answer: " + astray.why() + ". See ./standing audit verify")
                : Optional.empty();
    }

    private static String record(BrokenCustomer broken) {
        return "record of customer " + broken.customerId() + " at " + broken.place() + " does not follow: "
                + broken.why();
    }

    private List<String> text(HeldState held) {
        Customer known = held.standing().known();
        StateValue state = held.standing().state();
        Event event = held.standing().decidedBy();
        Paragraph text = new Paragraph()
                .heading("Customer " + known.customerId()
                        + known.externalId().map(id -> ", externalId " + id).orElse(""))
                .heading("valid " + validAt() + ", as known " + knownAt())
                .gap()
                .line("state", Words.state(state))
                .line("valid from", state.validFrom().toString())
                .line("version", Long.toString(known.version()));
        planned(known, text);
        text.gap()
                .heading("decided by event " + event.eventId() + ", "
                        + (event.fact() instanceof StateChanged ? "a change of state" : "the registration"));
        if (event.fact() instanceof StateChanged changed) {
            text.line(
                            "before",
                            Words.state(changed.before()) + " from "
                                    + changed.before().validFrom())
                    .line("cause", Words.cause(changed.cause()))
                    .line("plan", changed.changeId())
                    .line("notes", changed.notes());
        }
        return text.line("recorded", held.isRecorded() ? event.recordedAt().toString() : "not yet: " + settled(event))
                .line("by", Words.origin(event.origin()))
                .line("policy", event.policyVersion())
                .line(
                        "lies",
                        held.place().map(place -> place + " of the events").orElse("nowhere yet"))
                .lines();
    }

    private static String settled(Event event) {
        return "it is due, and was settled for this answer at " + event.recordedAt() + " under policy "
                + event.policyVersion();
    }

    private static void planned(Customer known, Paragraph text) {
        if (known.plannedChanges().isEmpty()) {
            text.line("planned", "nothing");
        }
        known.plannedChanges().forEach(planned -> text.line("planned", Words.planned(planned)));
    }

    private String validAt() {
        return time(point.validAt());
    }

    private String knownAt() {
        return time(point.knownAt());
    }

    private String time(Optional<Instant> asked) {
        return asked.map(time -> "at " + time).orElse("now (" + clock + ")");
    }

    /** For machines. What there is not is null. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("customerId", answer.customerId());
        json.put("validAt", point.validAt().map(Instant::toString).orElse(null));
        json.put("knownAt", point.knownAt().map(Instant::toString).orElse(null));
        boolean isTimeless = point.validAt().isPresent() && point.knownAt().isPresent();
        json.put("askedAt", isTimeless ? null : clock.toString());
        AsOfAnswer told = answer instanceof BrokenLater later ? later.answer() : answer;
        json.put("answer", word(told));
        Optional<BrokenCustomer> broken = answer instanceof BrokenLater later
                ? Optional.of(later.broken())
                : Optional.of(answer).filter(BrokenCustomer.class::isInstance).map(BrokenCustomer.class::cast);
        json.set("problem", broken.map(AsOfReport::json).orElse(null));
        return told instanceof HeldState held ? held(json, held) : json;
    }

    private static String word(AsOfAnswer told) {
        if (told instanceof NothingHeld nothing) {
            return nothing.why().name();
        }
        return told instanceof HeldState ? "HELD" : "BROKEN";
    }

    private static ObjectNode json(BrokenCustomer broken) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("partition", broken.place().partition())
                .put("offset", broken.place().offset())
                .put("message", broken.why());
    }

    private static ObjectNode held(ObjectNode json, HeldState held) {
        Customer known = held.standing().known();
        json.put("externalId", known.externalId().orElse(null));
        json.put("version", known.version());
        json.set("state", state(held.standing().state()));
        ArrayNode planned = json.putArray("plannedChanges");
        known.plannedChanges().forEach(change -> planned.add(planned(change)));
        json.set("decidedBy", event(held));
        return json;
    }

    private static ObjectNode event(HeldState held) {
        Event event = held.standing().decidedBy();
        Optional<StateChanged> changed =
                Optional.of(event.fact()).filter(StateChanged.class::isInstance).map(StateChanged.class::cast);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("eventId", event.eventId());
        json.put("sequence", event.sequence());
        json.put("type", changed.isPresent() ? "StateChanged" : "CustomerRegistered");
        json.put("recorded", held.isRecorded());
        json.put("recordedAt", event.recordedAt().toString());
        json.put("partition", held.place().map(place -> place.partition()).orElse(null));
        json.put("offset", held.place().map(place -> place.offset()).orElse(null));
        origin(json, event.origin());
        json.put("policyVersion", event.policyVersion());
        json.set("before", changed.map(change -> state(change.before())).orElse(null));
        json.put("cause", changed.map(change -> change.cause().name()).orElse(null));
        json.put("changeId", changed.flatMap(StateChanged::changeId).orElse(null));
        return json.put("notes", changed.flatMap(StateChanged::notes).orElse(null));
    }

    private static void origin(ObjectNode json, Origin origin) {
        json.put("commandId", origin.commandId());
        json.put("requestId", origin.requestId().orElse(null));
        json.put("source", origin.source());
    }

    private static ObjectNode planned(PlannedChange change) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("changeId", change.changeId());
        json.put("status", change.status().name());
        json.setAll(state(change.change()));
        return json.put("subordinateUpdated", change.subordinateUpdated());
    }

    private static ObjectNode state(StateValue value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("state", value.state().name())
                .put("stateReason", value.reason())
                .put("stateValidFrom", value.validFrom().toString());
    }
}
