package dev.standing.gateway;

import dev.standing.domain.command.Command;
import dev.standing.gateway.reply.CommandChannel;
import dev.standing.gateway.reply.Delivery;
import dev.standing.gateway.reply.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A channel that keeps what it is asked, and replies at once. Safe for use by many threads. */
public final class RecordingChannel implements CommandChannel {

    private final List<Command> commands = Collections.synchronizedList(new ArrayList<>());
    private final Function<Command, Reply> replies;

    /** A channel with these replies. */
    public RecordingChannel(Function<Command, Reply> replies) {
        this.replies = replies;
    }

    /** A channel that never has a result. */
    public static RecordingChannel silent() {
        return new RecordingChannel(command -> new Reply.Unanswered());
    }

    /** What it was asked. */
    public List<Command> commands() {
        return commands;
    }

    @Override
    public CompletableFuture<Reply> ask(Command command, Delivery delivery) {
        commands.add(command);
        return CompletableFuture.completedFuture(replies.apply(command));
    }
}
