package dev.standing.gateway.rest;

import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonMember;
import dev.standing.gateway.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every REST write says besides its own matter.
 *
 * @param requestId the requester's own id
 * @param requestIdPath where it stands: the member {@code requestId}, or the header
 * @param expectedVersion the version that the customer must have
 */
record RestEnvelope(String requestId, String requestIdPath, OptionalLong expectedVersion) {

    static final String REQUEST_ID = "requestId";
    static final String IF_MATCH = "If-Match";

    private static final Pattern STRONG_VERSION = Pattern.compile("\"(?<version>0|[1-9][0-9]{0,17})\"");

    /**
     * Reads it from headers and body.
     *
     * @throws InvalidMemberException if there is no requestId, there are two that differ, or the version is none
     */
    static RestEnvelope read(Request request, JsonObject body) {
        JsonMember member = body.member(REQUEST_ID);
        Optional<String> inBody = member.optionalText();
        Optional<String> inHeader = request.header(Request.IDEMPOTENCY_KEY);
        if (inBody.isEmpty() && inHeader.isEmpty()) {
            throw member.problem("requestId is missing; it must be given in the body or as " + Request.IDEMPOTENCY_KEY);
        }
        if (inBody.isPresent() && inHeader.isPresent() && !inBody.equals(inHeader)) {
            throw member.problem("requestId and the header " + Request.IDEMPOTENCY_KEY + " differ");
        }
        return new RestEnvelope(
                inBody.or(() -> inHeader).orElseThrow(),
                inBody.isPresent() ? REQUEST_ID : Request.IDEMPOTENCY_KEY,
                expectedVersion(request));
    }

    /**
     * Reads it from the headers of a write without a body.
     *
     * @throws InvalidMemberException if there is no requestId, or the version is none
     */
    static RestEnvelope read(Request request) {
        String requestId = request.header(Request.IDEMPOTENCY_KEY)
                .orElseThrow(() -> new InvalidMemberException(
                        Request.IDEMPOTENCY_KEY,
                        "The header " + Request.IDEMPOTENCY_KEY + " is missing; it gives the requestId"));
        return new RestEnvelope(requestId, Request.IDEMPOTENCY_KEY, expectedVersion(request));
    }

    private static OptionalLong expectedVersion(Request request) {
        Optional<String> ifMatch = request.header(IF_MATCH);
        if (ifMatch.isEmpty()) {
            return OptionalLong.empty();
        }
        Matcher matcher = STRONG_VERSION.matcher(ifMatch.get().strip());
        if (!matcher.matches()) {
            throw new InvalidMemberException(
                    IF_MATCH, IF_MATCH + " must be one version in quotation marks, like \"3\"");
        }
        return OptionalLong.of(Long.parseLong(matcher.group("version")));
    }
}
