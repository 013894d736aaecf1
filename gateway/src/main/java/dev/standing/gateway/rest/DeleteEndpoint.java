package dev.standing.gateway.rest;

import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Endpoint;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.request.CommandRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A REST write without a body. Every malformed one is answered without sending anything. */
final class DeleteEndpoint implements Endpoint {

    private final Function<Request, CommandRequest> parser;
    private final CommandDesk desk;

    /**
     * An endpoint.
     *
     * @param parser gives the command that a write without parameters asks for; throws {@link InvalidMemberException} if
     *     the write is malformed
     */
    DeleteEndpoint(Function<Request, CommandRequest> parser, CommandDesk desk) {
        this.parser = parser;
        this.desk = desk;
    }

    @Override
    public CompletableFuture<Answer> answer(Request request) {
        CommandRequest parsed;
        try {
            request.query();
            parsed = parser.apply(request);
        } catch (InvalidMemberException e) {
            return CompletableFuture.completedFuture(Problems.malformed(e, Optional.empty()));
        }
        return desk.answer(parsed, request);
    }
}
