package dev.standing.gateway.reply;

import dev.standing.gateway.log.RequestTag;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One command that is waited for. Safe for use by many threads; the first reply counts. */
final class Waiter {

    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private final Optional<String> request = RequestTag.current();
    private volatile boolean acknowledged;
    private volatile boolean impatient;

    /** What is completed with the reply. */
    CompletableFuture<Reply> reply() {
        return reply;
    }

    /** The request that waits, for the log. */
    Optional<String> request() {
        return request;
    }

    /** Kafka has the command. */
    void acknowledge() {
        acknowledged = true;
        leaveIfImpatient();
    }

    /** From now on it is enough that Kafka has the command. */
    void hurry() {
        impatient = true;
        leaveIfImpatient();
    }

    private void leaveIfImpatient() {
        if (acknowledged && impatient) {
            complete(new Reply.Unanswered());
        }
    }

    /** Ends the wait with a reply, unless it has ended. */
    void complete(Reply answer) {
        reply.complete(answer);
    }

    /** Ends the wait without a result: what can be promised depends on whether Kafka has the command. */
    void giveUp() {
        complete(acknowledged ? new Reply.Unanswered() : new Reply.PerhapsTaken());
    }
}
