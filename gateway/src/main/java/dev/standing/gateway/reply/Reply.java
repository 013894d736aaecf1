package dev.standing.gateway.reply;

import dev.standing.avro.CommandResult;

/** What came of a command that was to be sent. */
public sealed interface Reply {

    /** The processor decided it, now or, for a replay, earlier. */
    record Decided(CommandResult result) implements Reply {}

    /** It is safely in the log, but was not answered in time. */
    record Unanswered() implements Reply {}

    /**
     * It is certainly not in the log.
     *
     * @param why the reason, for the client
     */
    record NotTaken(String why) implements Reply {}

    /** Kafka did not confirm it in time: it may be in the log or not. */
    record PerhapsTaken() implements Reply {}

    /** It was decided, but this gateway cannot read the result. */
    record Unreadable() implements Reply {}
}
