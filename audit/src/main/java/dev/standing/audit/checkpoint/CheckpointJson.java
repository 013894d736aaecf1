package dev.standing.audit.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Reads members of a checkpoint; refuses, with {@link IllegalArgumentException}, what is not of their type. */
final class CheckpointJson {

    private CheckpointJson() {}

    static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return value.textValue();
    }

    static long number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new IllegalArgumentException(name + " is no number");
        }
        return value.longValue();
    }

    static Optional<Instant> time(JsonNode json, String name) {
        if (json.path(name).isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text(json, name)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is no time", e);
        }
    }
}
