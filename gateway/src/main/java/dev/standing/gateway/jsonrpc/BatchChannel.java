package dev.standing.gateway.jsonrpc;

import dev.standing.domain.command.Command;
import dev.standing.gateway.reply.CommandChannel;
import dev.standing.gateway.reply.Delivery;
import dev.standing.gateway.reply.Reply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The channel for the calls of one HTTP request. When one was not taken, those after it are not tried: each might block for a
 * while, and none is to overtake it. Used by one thread.
 */
final class BatchChannel implements CommandChannel {

    private final CommandChannel channel;
    private Optional<Reply> refusal = Optional.empty();

    BatchChannel(CommandChannel channel) {
        this.channel = channel;
    }

    @Override
    public CompletableFuture<Reply> ask(Command command, Delivery delivery) {
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        CompletableFuture<Reply> reply = channel.ask(command, delivery);
        if (reply.isDone() && reply.join() instanceof Reply.NotTaken notTaken) {
            refusal = Optional.of(notTaken);
        }
        return reply;
    }
}
