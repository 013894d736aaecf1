package dev.standing.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.standing.avro.ChangeCancelled;
import dev.standing.avro.ChangeConfirmed;
import dev.standing.avro.ChangeProposed;
import dev.standing.avro.ChangeScheduled;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.PendingOverdue;
import dev.standing.avro.StateValue;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateRegistered;
import dev.standing.local.console.Console;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Shows the demo to people. */
final class DemoPrinter {

    private static final String BAR = "    | ";
    private static final ObjectWriter JSON = new ObjectMapper()
            .writer(new DefaultPrettyPrinter(new Separators().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private final Console console;

    DemoPrinter(Console console) {
        this.console = console;
    }

    /** Shows what is sent. */
    void request(int number, DemoStep step) {
        console.line(console.strong("-- %d of %d: %s".formatted(number, DemoScript.STEPS, step.title())));
        console.line();
        console.line("  " + console.accent(step.request().line()));
        step.request().body().ifPresentOrElse(this::body, console::line);
    }

    /** Shows what was answered. */
    void answer(DemoAnswer answer) {
        console.line("  " + console.accent("HTTP " + answer.status()));
        body(answer.body());
    }

    /** Shows whether that was as expected. */
    void outcome(DemoStep step, StepOutcome outcome) {
        outcome.met()
                .ifPresentOrElse(
                        met -> console.line("  " + console.good("As expected: ") + met.words() + "."),
                        () -> notMet(step.anyOf()));
        console.line();
    }

    /** Shows what came of all. */
    void summary(long met, int events, List<SeenEvent> surplus) {
        if (!surplus.isEmpty()) {
            console.line(console.bad("Events that should not be there:"));
            surplus.forEach(this::event);
        }
        String steps = "Demo: %d of %d as expected".formatted(met, DemoScript.STEPS);
        boolean good = met == DemoScript.STEPS && surplus.isEmpty();
        console.line((good ? console.good(steps) : console.bad(steps)) + console.faint(" (" + events + " events)"));
        console.line();
    }

    private void notMet(List<Expectation> anyOf) {
        console.line("  " + console.bad("NOT as expected. Expected was:"));
        anyOf.forEach(expected -> console.line("    HTTP %d, %s \"%s\", events %s"
                .formatted(expected.status(), expected.pointer(), expected.value(), expected.events())));
    }

    /** Shows an event. */
    void event(SeenEvent seen) {
        CustomerEvent event = seen.event();
        console.line("  %s %s  %s"
                .formatted(
                        console.accent("EVENT"),
                        console.strong(event.getType().toString()),
                        console.faint("partition " + seen.partition() + ", offset " + seen.offset())));
        console.line(console.faint(BAR) + "customer   " + event.getCustomerId() + ", its event " + event.getSequence());
        event.getCustomerRegistered()
                .ifPresent(
                        registered -> console.line(console.faint(BAR) + "state      " + show(registered.getState())));
        event.getStateChanged().ifPresent(changed -> {
            console.line(console.faint(BAR) + "before     " + show(changed.getBefore()));
            console.line(console.faint(BAR) + "after      " + show(changed.getAfter()));
            console.line(console.faint(BAR) + "cause      " + changed.getCause());
            changed.getNotes().ifPresent(notes -> console.line(console.faint(BAR) + "notes      " + notes));
        });
        event.getSubordinateRegistered()
                .map(SubordinateRegistered::getSubordinate)
                .ifPresent(subordinate -> console.line(console.faint(BAR) + "registered " + show(subordinate)));
        event.getCascadeCompleted()
                .ifPresent(completed -> console.line(console.faint(BAR) + "followed   " + completed.getUpdated()
                        + " updated, " + completed.getSkipped() + " skipped"));
        planned(event).ifPresent(change -> console.line(console.faint(BAR) + "change     " + show(change)));
        console.line(console.faint(BAR) + "recorded   " + event.getRecordedAt() + " by policy "
                + event.getPolicyVersion() + ", from " + event.getSource());
        console.line(console.faint(BAR) + "command    " + event.getCommandId());
        event.getPreviousHash()
                .ifPresent(hash -> console.line(console.faint(BAR) + "previous   sha256 "
                        + HexFormat.of().formatHex(hash.bytes(), 0, 8) + "..."));
    }

    /** The change that an event is about which only plans. */
    private static Optional<StateValue> planned(CustomerEvent event) {
        return event.getChangeScheduled()
                .map(ChangeScheduled::getChange)
                .or(() -> event.getChangeProposed().map(ChangeProposed::getChange))
                .or(() -> event.getChangeConfirmed().map(ChangeConfirmed::getChange))
                .or(() -> event.getChangeCancelled().map(ChangeCancelled::getChange))
                .or(() -> event.getPendingOverdue().map(PendingOverdue::getChange));
    }

    private static String show(Subordinate subordinate) {
        String reason =
                subordinate.getStateReason().map(code -> " (" + code + ")").orElse("");
        return subordinate.getType() + " " + subordinate.getId() + ", " + subordinate.getState() + reason;
    }

    private static String show(StateValue value) {
        return "%s (%s) from %s".formatted(value.getState(), value.getStateReason(), value.getValidFrom());
    }

    private void body(JsonNode body) {
        try {
            JSON.writeValueAsString(body).lines().forEach(line -> console.line(console.faint(BAR) + line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that was parsed cannot be written", e);
        }
        console.line();
    }
}
