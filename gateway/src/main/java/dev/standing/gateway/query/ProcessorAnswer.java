package dev.standing.gateway.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.gateway.json.MalformedJsonException;
import dev.standing.gateway.json.StrictJson;
import dev.standing.gateway.query.QueryAnswer.Failed;
import dev.standing.gateway.query.QueryAnswer.Found;
import dev.standing.gateway.query.QueryFailure.Refused;
import dev.standing.gateway.query.QueryFailure.Unknown;
import dev.standing.service.query.AnsweredQuery;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a processor answered over HTTP. */
final class ProcessorAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorAnswer.class);

    private ProcessorAnswer() {}

    /**
     * The answer; empty if it is none, and another processor is to be asked. That nothing was found counts only with
     * the code that says so: a server that knows no queries answers 404, too. And nothing counts that does not say that
     * it answers this very query.
     */
    static Optional<QueryAnswer<JsonNode>> read(HttpResponse<byte[]> response) {
        URI asked = response.request().uri();
        String answered = response.headers().firstValue(AnsweredQuery.HEADER).orElse("");
        if (!answered.equals(AnsweredQuery.of(asked.getRawPath(), String.valueOf(asked.getRawQuery())))) {
            LOG.debug("{} answers another query: {}", asked, answered);
            return Optional.empty();
        }
        byte[] body = response.body();
        return switch (response.statusCode()) {
            case 200 -> json(body).map(Found::new);
            case 404 ->
                json(body).filter(json -> code(json).startsWith("UNKNOWN_")).map(json -> new Failed<>(unknown(json)));
            case 400 ->
                json(body)
                        .filter(json -> code(json).equals("INVALID_REQUEST"))
                        .map(json -> new Failed<>(refused(json)));
            default -> Optional.empty();
        };
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.of(StrictJson.parse(body)).filter(JsonNode::isObject);
        } catch (MalformedJsonException e) {
            LOG.debug("A processor answered a query with what cannot be read", e);
            return Optional.empty();
        }
    }

    private static String code(JsonNode json) {
        return json.path("code").asText("");
    }

    private static Unknown unknown(JsonNode json) {
        return new Unknown(json.path("detail").asText("Nothing is known of it"));
    }

    private static Refused refused(JsonNode json) {
        return new Refused(
                Optional.of(json.path("field").asText("")).filter(field -> !field.isEmpty()),
                json.path("detail").asText("The query is malformed"));
    }
}
