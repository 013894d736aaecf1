package dev.standing.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.registry.RegistryRejectedException.Kind;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

/** Reads what a registry says when it does not say yes. */
final class RegistryAnswers {

    private static final int EXCERPT = 200;
    private static final int UNKNOWN_SUBJECT = 40401;
    private static final int UNKNOWN_VERSION = 40402;
    private static final int UNKNOWN_SCHEMA = 40403;

    private RegistryAnswers() {}

    /** Turns an answer that is a no into an exception. A 404 without the registry's own code says nothing about the schema: the URL may be wrong. */
    static RegistryRejectedException rejection(int status, JsonNode body, RegistryEndpoint endpoint, String about) {
        return rejection(
                status, body.path("error_code").asInt(0), body.path("message").asText(""), endpoint.toString(), about);
    }

    static RegistryRejectedException rejection(int status, int code, String said, String where, String about) {
        Kind kind = kind(status, code);
        String message = "The schema registry " + where + " refused: " + about + " (HTTP " + status
                + (code == 0 ? "" : ", error " + code) + (said.isEmpty() ? "" : ": " + shorten(said)) + ")."
                + advice(kind, status);
        return new RegistryRejectedException(kind, status, code, message);
    }

    private static Kind kind(int status, int code) {
        return switch (status) {
            case 401 -> Kind.UNAUTHENTICATED;
            case 403 -> Kind.FORBIDDEN;
            case 404 ->
                switch (code) {
                    case UNKNOWN_SUBJECT, UNKNOWN_VERSION -> Kind.UNKNOWN_SUBJECT;
                    case UNKNOWN_SCHEMA -> Kind.UNKNOWN_SCHEMA;
                    default -> Kind.OTHER;
                };
            case 409, 422 -> Kind.INCOMPATIBLE;
            default -> Kind.OTHER;
        };
    }

    private static String advice(Kind kind, int status) {
        return switch (kind) {
            case UNAUTHENTICATED ->
                " The credentials are missing or wrong: see " + RegistryConfig.BASIC_AUTH_USER_INFO + " and "
                        + RegistryConfig.BEARER_AUTH_TOKEN + ".";
            case FORBIDDEN -> " The credentials do not allow this.";
            case OTHER ->
                status == 404 || (status >= 300 && status < 400)
                        ? " This does not look like a registry: see " + RegistryConfig.URL + "."
                        : "";
            default -> "";
        };
    }

    /** How long the registry asks to wait: seconds, or a date (RFC 9110, 10.2.3). Anything else counts as not asked. */
    static OptionalLong retryAfterMillis(HttpHeaders headers) {
        String value = headers.firstValue("Retry-After").map(String::trim).orElse("");
        if (value.matches("\\d{1,9}")) {
            return OptionalLong.of(Duration.ofSeconds(Long.parseLong(value)).toMillis());
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return OptionalLong.of(
                    Math.max(0, Duration.between(Instant.now(), until).toMillis()));
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    /** The beginning of a body, on one line. */
    static String excerpt(byte[] body) {
        return shorten(new String(body, 0, Math.min(body.length, 4 * EXCERPT), StandardCharsets.UTF_8));
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ").trim();
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "...";
    }
}
