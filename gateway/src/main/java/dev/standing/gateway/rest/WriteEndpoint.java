package dev.standing.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.domain.command.CommandValidation;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Endpoint;
import dev.standing.gateway.http.Problem;
import dev.standing.gateway.http.ProblemCode;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonObject;
import dev.standing.gateway.json.MalformedJsonException;
import dev.standing.gateway.json.StrictJson;
import dev.standing.gateway.reply.CommandChannel;
import dev.standing.gateway.request.CommandRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A REST write: read, sent to the processor, answered. Every malformed one is answered without sending anything. */
public final class RestEndpoint implements Endpoint {

    private final RestParser parser;
    private final CommandChannel channel;

    private RestEndpoint(RestParser parser, CommandChannel channel) {
        this.parser = parser;
        this.channel = channel;
    }

    /** All REST writes, by path. */
    public static Map<String, Endpoint> all(CommandChannel channel) {
        return Map.of(
                "/v1/customers", new RestEndpoint(Registration::parse, channel),
                "/v1/customers/state", new RestEndpoint(StateUpdate::parse, channel));
    }

    @Override
    public CompletableFuture<Answer> answer(Request request) {
        JsonNode document;
        try {
            document = StrictJson.parse(request.body());
        } catch (MalformedJsonException e) {
            return refused(e.getMessage(), e.field(), Optional.empty());
        }
        CommandRequest parsed;
        try {
            parsed = parser.parse(request, JsonObject.root(document));
        } catch (InvalidMemberException e) {
            return refused(e.getMessage(), e.field(), requestId(document));
        }
        return channel.ask(parsed.command(), request.traceparent()).thenApply(reply -> RestAnswers.of(parsed, reply));
    }

    private static CompletableFuture<Answer> refused(
            String detail, Optional<String> field, Optional<String> requestId) {
        ProblemCode code = ProblemCode.INVALID_REQUEST;
        return CompletableFuture.completedFuture(
                Answer.problem(new Problem(code.status(), code.name(), detail, field, requestId, Optional.empty())));
    }

    /** The requestId of a body that is not well formed, as far as it has one. */
    private static Optional<String> requestId(JsonNode document) {
        return Optional.ofNullable(document.get(RestEnvelope.REQUEST_ID))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(id -> id.length() <= CommandValidation.MAX_ID_LENGTH);
    }
}
