package dev.standing.gateway.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request of which every part can be replaced by anything.
 *
 * @param target what stands between method and version
 * @param headers whole lines, without the one that gives the length
 * @param body empty: none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Ask(String method, String target, String version, List<String> headers, byte[] body) {

    private static final String STATE = "{\"requestId\":\"r-1\",\"customer\":{\"refId\":\"c-1\"},\"state\":"
            + "{\"state\":\"SUSPENDED\",\"stateReason\":\"nonPayment\",\"stateValidFrom\":\"2024-05-01T00:00:00+02:00\"%s},"
            + "\"subordinateUpdated\":true,\"notes\":\"as told\"}";
    private static final String CALL =
            "{%s\"method\":\"CustomerService.UpdateCustomerStatus\",\"params\":{\"api\":{\"keyId\":\"k\",\"signature\":\""
                    + HostileServer.MADE_UP_SECRET + "\"%s},"
                    + "\"payload\":{\"ID\":\"c-1\",\"status\":\"ACTIVE\",\"notes\":\"as told\"}}}";

    /** Well-formed requests of all operations. */
    static List<Ask> wellFormed(Optional<String> authorization) {
        List<Ask> asks = new ArrayList<>(writes(authorization));
        asks.add(with("DELETE", "/v1/customers/c-1/changes/c-1:2", "", "Idempotency-Key: r-1", authorization));
        asks.add(with(
                "DELETE", "/v1/customers/c-1/subordinates/ACCOUNT/a-1", "", "Idempotency-Key: r-1", authorization));
        for (String path : List.of(
                "/v1/customers/c-1",
                "/v1/customers/c-1?asOf=2024-05-01T00:00:00Z&knownAt=2024-05-01T00:00:00%2B02:00",
                "/v1/customers?externalId=e-1",
                "/v1/customers/c-1/events?after=1&limit=10",
                "/v1/customers/c-1/subordinates?after=abc&limit=10",
                "/v1/customers/c-1/requests/r-1?source=billing",
                "/v1/changes?status=PENDING&dueBefore=2024-05-01T00:00:00Z&after=abc&limit=1",
                "/v1/events?customerId=c-1",
                "/openapi.json",
                "/docs",
                "/docs/initializer.js",
                "/health/live",
                "/health/ready",
                "/metrics")) {
            asks.add(with("GET", path, "", "X-Request-Id: x-1", authorization));
        }
        return asks;
    }

    /** Those with a body. */
    static List<Ask> writes(Optional<String> authorization) {
        String credential = authorization
                .map(text -> ",\"credential\":\"" + text + "\"")
                .orElse("")
                // A keyId other than that of the credential would be refused.
                .replace("\"keyId\":\"k\",", "");
        String call = CALL.replace("\"keyId\":\"k\",", authorization.isPresent() ? "" : "\"keyId\":\"k\",");
        String single = String.format(call, "\"id\":\"1\",", credential);
        String version2 = String.format(call, "\"jsonrpc\":\"2.0\",\"id\":7,", credential);
        String notification = String.format(call, "\"jsonrpc\":\"2.0\",", credential);
        return List.of(
                post("/v1/customers", registration(), authorization),
                post("/v1/customers/state", String.format(STATE, ""), authorization),
                post("/v1/customers/state", String.format(STATE, ",\"pending\":true"), authorization),
                post("/v1/customers/state", String.format(STATE, ",\"pending\":false"), authorization),
                post("/v1/customers/c-1/subordinates", subordinates(), authorization),
                post("/jsonrpc", single, Optional.empty()),
                post("/jsonrpc", notification, Optional.empty()),
                post("/jsonrpc", "[" + single + "," + version2 + "," + notification + "]", Optional.empty()));
    }

    private static String registration() {
        return "{\"requestId\":\"r-1\",\"customerId\":\"c-1\",\"externalId\":\"e-1\",\"state\":{\"state\":\"ACTIVE\","
                + "\"stateReason\":\"dfltActive\",\"stateValidFrom\":\"2024-05-01T00:00:00Z\"},"
                + "\"attributes\":{\"name\":\"Zo\\u00eb\",\"tier\":\"gold\"}}";
    }

    private static String subordinates() {
        return "{\"requestId\":\"r-1\",\"subordinates\":[{\"type\":\"ACCOUNT\",\"id\":\"a-1\"},{\"type\":\"SUBSCRIPTION\","
                + "\"id\":\"s-1\",\"parent\":{\"type\":\"ACCOUNT\",\"id\":\"a-1\"},\"state\":\"ACTIVE\","
                + "\"stateReason\":\"dfltActive\"}]}";
    }

    private static Ask post(String path, String body, Optional<String> authorization) {
        return with("POST", path, body, "Content-Type: application/json", authorization);
    }

    private static Ask with(String method, String path, String body, String header, Optional<String> authorization) {
        List<String> headers = new ArrayList<>(List.of("Host: localhost", header));
        authorization.ifPresent(text -> headers.add("Authorization: " + text));
        return new Ask(method, path, "HTTP/1.1", headers, body.getBytes(StandardCharsets.UTF_8));
    }

    Ask withBody(byte[] other) {
        return new Ask(method, target, version, headers, other);
    }

    Ask withTarget(String other) {
        return new Ask(method, other, version, headers, body);
    }

    Ask withMethod(String other) {
        return new Ask(other, target, version, headers, body);
    }

    Ask withVersion(String other) {
        return new Ask(method, target, other, headers, body);
    }

    Ask withHeader(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(line);
        return new Ask(method, target, version, more, body);
    }

    /** The path as it was sent, without the query. */
    String path() {
        return target.split("[?]", 2)[0];
    }

    /** All of it, with the length of the body. The last on its connection. */
    byte[] bytes() {
        List<String> lines = new ArrayList<>(headers);
        lines.add("Connection: close");
        if (body.length > 0) {
            lines.add("Content-Length: " + body.length);
        }
        return bytes(lines);
    }

    /** All of it with no other headers than these. */
    byte[] bytes(List<String> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = method + " " + target + " " + version + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
        out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }
}
