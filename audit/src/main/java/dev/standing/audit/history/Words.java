package dev.standing.audit.history;

import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.PlannedChange;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Fact.CancelCause;
import dev.standing.domain.event.Fact.ChangeCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How the same things are said everywhere. */
final class Words {

    private static final long HOURS_OF_A_DAY = 24;

    private Words() {}

    /** The first thing that a message says, to go on with within a sentence. */
    static String firstReason(String message) {
        String first = message.lines()
                .findFirst()
                .orElse("")
                .split(": |; |, which cannot be read", 2)[0]
                .strip();
        String open = withoutStop(first);
        return open.isEmpty() ? open : open.substring(0, 1).toLowerCase(Locale.ROOT) + open.substring(1);
    }

    /** A sentence without the full stop at its end. */
    static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** {@code ACTIVE (dfltActive)}. */
    static String state(StateValue value) {
        return value.state() + " (" + value.reason() + ")";
    }

    /** Source, request and command. */
    static String origin(Origin origin) {
        return origin.source()
                + origin.requestId().map(id -> ", request " + id).orElse(", without a request id") + ", command "
                + origin.commandId();
    }

    /** What brought a change about. */
    static String cause(ChangeCause cause) {
        return switch (cause) {
            case COMMAND -> "a command";
            case DUE -> "a planned change fell due";
            case AUTO -> "the policy's automatic confirmation";
        };
    }

    /** What dropped a planned change. */
    static String cause(CancelCause cause) {
        return switch (cause) {
            case COMMAND -> "a command";
            case SUPERSEDED -> "a later proposal took its place";
            case TERMINAL_STATE -> "the customer entered a terminal state";
            case AUTO -> "the policy's automatic cancellation";
        };
    }

    /** A change that is to come. */
    static String planned(PlannedChange planned) {
        return planned.status() + " " + state(planned.change()) + " from "
                + planned.change().validFrom() + ", plan " + planned.changeId();
    }

    /** How long it is from one instant to a later one, to two units: {@code 3 d 4 h}. */
    static String span(Instant from, Instant to) {
        Duration span = Duration.between(from, to);
        if (span.toHours() >= HOURS_OF_A_DAY) {
            return two(span.toDays(), "d", span.toHoursPart(), "h");
        }
        if (span.toMinutes() >= 1) {
            return span.toHours() > 0
                    ? two(span.toHours(), "h", span.toMinutesPart(), "min")
                    : two(span.toMinutes(), "min", span.toSecondsPart(), "s");
        }
        return span.toSeconds() > 0 ? two(span.toSeconds(), "s", span.toMillisPart(), "ms") : span.toMillis() + " ms";
    }

    private static String two(long many, String unit, long few, String smaller) {
        return many + " " + unit + (few == 0 ? "" : " " + few + " " + smaller);
    }
}
