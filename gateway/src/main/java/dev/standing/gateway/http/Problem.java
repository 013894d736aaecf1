package dev.standing.gateway.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;

/**
 * A problem document (RFC 9457).
 *
 * @param status the HTTP status
 * @param code for programs, in upper case with underscores; type and title follow from it
 * @param detail for people: what is wrong with this request
 * @param field the part of the request that is to blame
 * @param requestId the requester's own id, as far as it is known
 * @param commandId the command, if one was sent
 */
public record Problem(
        int status,
        String code,
        String detail,
        Optional<String> field,
        Optional<String> requestId,
        Optional<String> commandId) {

    /** The media type of problem documents. */
    public static final String CONTENT_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:standing:problem:";

    /** A problem of the gateway's own that no single member is to blame for. */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code.status(), code.name(), detail, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** This problem with the part of the request that is to blame. */
    public Problem blaming(Optional<String> part) {
        return new Problem(status, code, detail, part, requestId, commandId);
    }

    /** This problem with the request that it is about. */
    public Problem about(Optional<String> requestOfClient, Optional<String> command) {
        return new Problem(status, code, detail, field, requestOfClient, command);
    }

    /** The document; what is not known is left out. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", TYPE_PREFIX + code.toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("title", title());
        json.put("status", status);
        json.put("detail", detail);
        json.put("code", code);
        field.ifPresent(name -> json.put("field", name));
        requestId.ifPresent(id -> json.put("requestId", id));
        commandId.ifPresent(id -> json.put("commandId", id));
        return json;
    }

    /** The code as words: {@code Illegal transition}. */
    private String title() {
        return code.charAt(0) + code.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
