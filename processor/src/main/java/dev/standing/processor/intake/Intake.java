package dev.standing.processor.intake;

import dev.standing.domain.command.Command;

/** What came of reading a record of the commands topic. */
public sealed interface Intake {

    /** It is a command that can be answered. */
    record Understood(Command command) implements Intake {}

    /** It cannot be answered. */
    record Unanswerable(DeadLetterReason reason, String message) implements Intake {}

    /** The schema that it was written with cannot be had now. */
    record AwaitsSchema() implements Intake {}
}
