package dev.standing.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.domain.command.CommandValidation;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Endpoint;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonObject;
import dev.standing.gateway.json.MalformedJsonException;
import dev.standing.gateway.json.StrictJson;
import dev.standing.gateway.request.CommandRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A REST write with a body. Every malformed one is answered without sending anything. */
final class WriteEndpoint implements Endpoint {

    private final RestParser parser;
    private final CommandDesk desk;

    WriteEndpoint(RestParser parser, CommandDesk desk) {
        this.parser = parser;
        this.desk = desk;
    }

    @Override
    public CompletableFuture<Answer> answer(Request request) {
        JsonNode document;
        try {
            document = StrictJson.parse(request.body());
        } catch (MalformedJsonException e) {
            return refused(new InvalidMemberException(e.field().orElse(""), e.getMessage(), e), Optional.empty());
        }
        CommandRequest parsed;
        try {
            request.query();
            parsed = parser.parse(request, JsonObject.root(document));
        } catch (InvalidMemberException e) {
            return refused(e, requestId(document));
        }
        return desk.answer(parsed, request);
    }

    private static CompletableFuture<Answer> refused(InvalidMemberException refusal, Optional<String> requestId) {
        return CompletableFuture.completedFuture(Problems.malformed(refusal, requestId));
    }

    /** The requestId of a body that is not well formed, as far as it has one. */
    private static Optional<String> requestId(JsonNode document) {
        return Optional.ofNullable(document.get(RestEnvelope.REQUEST_ID))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(id -> id.length() <= CommandValidation.MAX_ID_LENGTH);
    }
}
