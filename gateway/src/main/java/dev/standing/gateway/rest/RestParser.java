package dev.standing.gateway.rest;

import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonObject;
import dev.standing.gateway.request.CommandRequest;

/** How one kind of REST write is read. */
@FunctionalInterface
interface RestParser {

    /**
     * The command that a write asks for.
     *
     * @param body the whole body
     * @throws InvalidMemberException if the write is malformed
     */
    CommandRequest parse(Request request, JsonObject body);
}
