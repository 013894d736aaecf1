package dev.standing.audit.history;

import dev.standing.audit.history.TimelineEntry.Downstream;
import dev.standing.audit.history.TimelineEntry.OfBytes;
import dev.standing.audit.history.TimelineEntry.OfEvent;
import dev.standing.audit.history.TimelineEntry.OfRequest;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.ResultStatus;
import dev.standing.avro.SubordinateUpdate;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.Fact.CascadeCompleted;
import dev.standing.domain.event.Fact.ChangeCancelled;
import dev.standing.domain.event.Fact.ChangeCause;
import dev.standing.domain.event.Fact.ChangeConfirmed;
import dev.standing.domain.event.Fact.ChangeFailed;
import dev.standing.domain.event.Fact.ChangeProposed;
import dev.standing.domain.event.Fact.ChangeScheduled;
import dev.standing.domain.event.Fact.CustomerRegistered;
import dev.standing.domain.event.Fact.PendingOverdue;
import dev.standing.domain.event.Fact.StateChanged;
import dev.standing.domain.event.Fact.SubordinateRegistered;
import dev.standing.domain.event.Fact.SubordinateRemoved;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A life as people read it. */
final class TimelineText {

    private final Timeline life;

    TimelineText(Timeline life) {
        this.life = life;
    }

    List<String> lines() {
        Paragraph text = new Paragraph();
        summary(text);
        for (TimelineEntry entry : life.entries()) {
            text.gap();
            if (entry instanceof OfEvent event) {
                event(text, event);
            } else if (entry instanceof OfRequest request) {
                request(text, request);
            } else if (entry instanceof OfBytes bytes) {
                text.heading("--  a record that is no event", "BROKEN")
                        .line("why", bytes.why())
                        .line("lies", bytes.place().toString());
            }
        }
        return text.lines();
    }

    private void summary(Paragraph text) {
        text.heading("Customer " + life.customerId()
                        + life.externalId().map(id -> ", externalId " + id).orElse(""))
                .line(
                        "stands",
                        life.state()
                                .map(state -> Words.state(state) + " from " + state.validFrom() + ", after event "
                                        + life.lastSequence()
                                        + (life.isWhole()
                                                ? ""
                                                : ", the last that follows: " + plural(life.broken(), "record")
                                                        + " marked BROKEN below "
                                                        + (life.broken() == 1 ? "changes" : "change") + " nothing")))
                .line(
                        "shown",
                        plural(life.count(OfEvent.class), "event") + ", "
                                + plural(life.count(OfRequest.class), "request") + " of which no event tells")
                .line(
                        "chain",
                        life.isWhole()
                                ? "every event shown follows the one before it"
                                : "BROKEN: see ./standing audit verify");
    }

    private static String plural(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static void event(Paragraph text, OfEvent entry) {
        CustomerEvent avro = entry.logged().event();
        text.heading(
                "#" + avro.getSequence() + "  " + avro.getRecordedAt() + "  "
                        + entry.event()
                                .map(Event::fact)
                                .map(TimelineText::title)
                                .orElse("what a later version wrote"),
                entry.problem().isEmpty() ? "chained" : "BROKEN");
        text.line("BROKEN", entry.problem());
        entry.event().ifPresent(event -> particulars(text, event));
        entry.event()
                .map(Event::fact)
                .flatMap(Timeline::plan)
                .ifPresent(changeId -> text.line("plan", changeId + links(entry)));
        entry.cascade().ifPresent(cascade -> downstream(text, cascade));
        text.line("by", origin(avro.getSource(), avro.getRequestId(), avro.getCommandId()))
                .line("lies", entry.logged().place() + ", policy " + avro.getPolicyVersion());
    }

    private static String title(Fact fact) {
        if (fact instanceof CustomerRegistered) {
            return "registered";
        }
        if (fact instanceof StateChanged changed) {
            return changed.before().state() == changed.after().state()
                    ? "reason or date of the state changed"
                    : "state changed";
        }
        if (fact instanceof ChangeScheduled) {
            return "change scheduled";
        }
        if (fact instanceof ChangeProposed) {
            return "change proposed: waits for a confirmation";
        }
        if (fact instanceof ChangeConfirmed) {
            return "change confirmed";
        }
        if (fact instanceof ChangeCancelled) {
            return "change cancelled";
        }
        if (fact instanceof ChangeFailed) {
            return "change failed: it fell due and was illegal";
        }
        if (fact instanceof PendingOverdue) {
            return "change overdue: nobody has confirmed it";
        }
        if (fact instanceof SubordinateRegistered) {
            return "subordinate registered";
        }
        return fact instanceof SubordinateRemoved ? "subordinate removed" : "subordinates have followed";
    }

    private static void particulars(Paragraph text, Event event) {
        Fact fact = event.fact();
        if (fact instanceof CustomerRegistered registered) {
            text.line("state", Words.state(registered.state()))
                    .line("valid from", date(registered.state().validFrom(), event, false))
                    .line("externalId", registered.externalId());
            if (!registered.attributes().isEmpty()) {
                text.line(
                        "attributes",
                        new TreeMap<>(registered.attributes())
                                .entrySet().stream()
                                        .map(attribute -> attribute.getKey() + " = " + attribute.getValue())
                                        .collect(Collectors.joining(", ")));
            }
        } else if (fact instanceof StateChanged changed) {
            text.line("state", Words.state(changed.before()) + " -> " + Words.state(changed.after()))
                    .line(
                            "valid from",
                            date(changed.after().validFrom(), event, changed.cause() != ChangeCause.COMMAND))
                    .line("cause", Words.cause(changed.cause()))
                    .line("notes", changed.notes());
        } else if (fact instanceof ChangeScheduled scheduled) {
            planned(text, event, scheduled.change(), scheduled.subordinateUpdated(), scheduled.notes());
        } else if (fact instanceof ChangeProposed proposed) {
            planned(text, event, proposed.change(), proposed.subordinateUpdated(), proposed.notes());
        } else if (fact instanceof ChangeConfirmed confirmed) {
            planned(text, event, confirmed.change(), confirmed.subordinateUpdated(), confirmed.notes());
            if (!confirmed.proposedValidFrom().equals(confirmed.change().validFrom())) {
                text.line("instead of", confirmed.proposedValidFrom() + ", as it was proposed");
            }
            text.line("cause", Words.cause(confirmed.cause()));
        } else if (fact instanceof ChangeCancelled cancelled) {
            ended(text, cancelled.change())
                    .line("cause", Words.cause(cancelled.cause()))
                    .line("notes", cancelled.notes());
        } else if (fact instanceof ChangeFailed failed) {
            ended(text, failed.change()).line("why", failed.code() + ": " + failed.message());
        } else if (fact instanceof PendingOverdue overdue) {
            ended(text, overdue.change());
        } else if (fact instanceof SubordinateRegistered registered) {
            text.line(
                            "which",
                            registered.ref().text() + " of "
                                    + registered
                                            .parent()
                                            .map(parent -> parent.text())
                                            .orElse("the customer"))
                    .line("state", state(registered.state(), registered.reason()));
        } else if (fact instanceof SubordinateRemoved removed) {
            text.line("which", removed.ref().text());
        } else if (fact instanceof CascadeCompleted completed) {
            text.line("change", "that of #" + completed.causeSequence()).line("reached", reached(completed));
        }
    }

    private static void planned(
            Paragraph text, Event event, StateValue change, boolean subordinates, Optional<String> notes) {
        text.line("to", Words.state(change))
                .line("valid from", date(change.validFrom(), event, false))
                .line("notes", notes);
        if (subordinates) {
            text.line("cascade", "subordinates will follow");
        }
    }

    private static Paragraph ended(Paragraph text, StateValue change) {
        return text.line("to", Words.state(change))
                .line("valid from", change.validFrom().toString());
    }

    private static String state(CustomerState state, String reason) {
        return state + " (" + reason + ")";
    }

    /** A date, and how it lies to the time at which it was recorded. */
    private static String date(Instant validFrom, Event event, boolean isDue) {
        Instant recordedAt = event.recordedAt();
        if (validFrom.equals(recordedAt)) {
            return validFrom + ", at once";
        }
        if (validFrom.isAfter(recordedAt)) {
            return validFrom + ", FUTURE: in " + Words.span(recordedAt, validFrom);
        }
        String before = Words.span(validFrom, recordedAt);
        return validFrom + (isDue ? ", recorded " + before + " later" : ", BACKDATED by " + before);
    }

    private static String links(OfEvent entry) {
        long own = entry.logged().event().getSequence();
        String links = entry.plan().stream()
                .map(link -> ", " + link.what() + (link.sequence() < own ? " by #" : " later by #") + link.sequence())
                .collect(Collectors.joining());
        return entry.isPlanOpen() ? links + ", still open" : links;
    }

    private static void downstream(Paragraph text, Downstream cascade) {
        text.line(
                "cascade",
                cascade.completed()
                        .map(completed -> reached(completed) + ", as #"
                                + cascade.completedBy().orElseThrow() + " tells")
                        .orElse("subordinates follow; no event says yet that all were reached"));
        cascade.retained()
                .ifPresentOrElse(
                        updates -> {
                            text.line(
                                    "updates",
                                    plural(updates.count(), "update") + " still there, from " + updates.first()
                                            + " to offset " + updates.last().offset());
                            updates.listed().forEach(update -> update(text, update));
                        },
                        () -> text.line("updates", "none still there"));
    }

    private static void update(Paragraph text, LoggedUpdate logged) {
        SubordinateUpdate update = logged.update();
        text.line(
                "",
                "offset " + logged.place().offset() + "  " + update.getSubordinateType() + " " + update.getId() + " "
                        + update.getState().getState() + " ("
                        + update.getState().getStateReason() + ")");
    }

    private static String reached(CascadeCompleted completed) {
        return plural(completed.updated(), "subordinate") + " updated, " + completed.skipped() + " skipped";
    }

    private static void request(Paragraph text, OfRequest entry) {
        CommandResult result = entry.logged().result();
        // When the same request came again is not recorded: the result has the time of the first decision.
        String when = result.getReplayed()
                ? "after #" + entry.afterSequence()
                : result.getDecidedAt().toString();
        text.heading("--  " + when + "  " + title(result), "request")
                .line("code", result.getCode().map(Object::toString))
                .line("message", result.getMessage())
                .line("field", result.getField());
        if (result.getReplayed()) {
            text.line("answered", "as command " + result.getCommandId() + " was at " + result.getDecidedAt());
        }
        text.line(
                        "by",
                        origin(
                                result.getSource(),
                                result.getRequestId(),
                                entry.logged().commandId()))
                .line("lies", entry.logged().place() + " of the results, policy " + result.getPolicyVersion());
    }

    private static String title(CommandResult result) {
        if (result.getReplayed()) {
            return "request came again: " + result.getStatus();
        }
        return result.getStatus() == ResultStatus.UNCHANGED ? "request changed nothing" : "request refused";
    }

    private static String origin(String source, Optional<String> requestId, String commandId) {
        return Words.origin(new dev.standing.domain.customer.Origin(commandId, requestId, source));
    }
}
