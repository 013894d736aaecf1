package dev.standing.gateway.reply;

import dev.standing.domain.command.Command;
import java.util.concurrent.CompletableFuture;

/** The way of a command to the processor, and of its result back. Safe for use by many threads. */
public interface CommandChannel {

    /**
     * Sends a command, and waits for its result without holding a thread. Commands that one thread sends for one
     * customer arrive in the order of the calls.
     *
     * @param command a valid command: it is not checked again
     * @return what came of it, within a bounded time; never completed exceptionally
     */
    CompletableFuture<Reply> ask(Command command, Delivery delivery);
}
