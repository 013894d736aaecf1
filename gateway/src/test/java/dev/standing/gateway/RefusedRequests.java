package dev.standing.gateway;

import java.util.List;
import java.util.stream.Stream;

/** Every kind of request that is refused before anything is sent, and what is said about it. */
public final class RefusedRequests {

    /**
     * A refused REST write.
     *
     * @param field what is blamed; empty: nothing in particular
     * @param detail a part of what is said
     * @param headers names and values in turn
     */
    public record Rest(String path, String body, String field, String detail, List<String> headers) {}

    /**
     * A refused JSON-RPC call.
     *
     * @param code the error's number
     * @param field what is blamed; empty: nothing in particular
     * @param id the id of the answer, as JSON
     */
    public record Rpc(String body, int code, String field, String id) {}

    private static final String STATE = "/v1/customers/state";
    private static final String REGISTER = "/v1/customers";

    private static final String VALID = "\"state\":\"SUSPENDED\",\"stateReason\":\"dfltSuspended\"";

    /** What a body may say of pending: nothing, or one of the two. */
    private static final List<String> PENDING = List.of("", ",\"pending\":true", ",\"pending\":false");

    private RefusedRequests() {}

    /** REST writes. */
    public static Stream<Rest> rest() {
        return Stream.of(json(), envelope(), customers(), states(), pending(), dates(), others(), registrations())
                .flatMap(stream -> stream);
    }

    private static Stream<Rest> json() {
        return Stream.of(
                rest(STATE, "", "", "empty"),
                rest(STATE, "{\"requestId\":", "", "not JSON"),
                rest(STATE, "{'requestId':'r'}", "", "not JSON"),
                rest(STATE, "{\"requestId\":\"r\"} {}", "", "not JSON"),
                rest(STATE, "{\"requestId\":\"r\",\"requestId\":\"r\"}", "requestId", "Duplicate"),
                rest(STATE, "{\"state\":{\"state\":\"ACTIVE\",\"state\":1}}", "state.state", "Duplicate"),
                rest(STATE, "[[],{\"a\":[{\"b\":1,\"b\":1}]}]", "[1].a[0].b", "Duplicate"),
                rest(STATE, "[".repeat(5_000), "", "not JSON"),
                rest(STATE, "{\"notes\":" + "1".repeat(2_000) + "}", "", "not JSON"),
                rest(STATE, "[]", "", "must be an object, not an array"),
                rest(STATE, "null", "", "must be an object, not null"));
    }

    private static Stream<Rest> envelope() {
        String body =
                "{\"customer\":{\"refId\":\"c\"},\"state\":{\"state\":\"ACTIVE\",\"stateReason\":\"dfltActive\"}}";
        String withId = "{\"requestId\":\"r\"," + body.substring(1);
        return Stream.of(
                rest(STATE, body, "requestId", "missing"),
                rest(STATE, withId, "requestId", "differ", "Idempotency-Key", "other"),
                rest(STATE, body, "Idempotency-Key", "256", "Idempotency-Key", "x".repeat(257)),
                rest(STATE, body, "Idempotency-Key", "twice", "Idempotency-Key", "a", "Idempotency-Key", "b"),
                rest(STATE, withId.replace("\"r\"", "7"), "requestId", "must be a string, not a number"),
                rest(STATE, withId.replace("\"r\"", "\" \""), "requestId", "requestId: An id has"),
                rest(STATE, withId, "If-Match", "one version", "If-Match", "3"),
                rest(STATE, withId, "If-Match", "one version", "If-Match", "W/\"3\""),
                rest(STATE, withId, "If-Match", "one version", "If-Match", "*"),
                rest(STATE, withId, "If-Match", "one version", "If-Match", "\"-1\""),
                rest(STATE, withId, "If-Match", "one version", "If-Match", "\"99999999999999999999\""),
                rest(STATE, withId.replace("\"customer\"", "\"Customer\""), "Customer", "Customer is unknown"),
                rest(STATE + "?dryRun=true", withId, "dryRun", "dryRun is unknown"),
                rest(
                        REGISTER + "?externalId=x",
                        "{\"requestId\":\"r\",\"customerId\":\"c\"}",
                        "externalId",
                        "unknown"));
    }

    private static Stream<Rest> customers() {
        return Stream.of(
                customer("\"c\"", "customer", "must be an object, not a string"),
                customer("null", "customer", "must be an object, not null"),
                customer("{}", "customer", "neither"),
                customer("{\"refId\":null}", "customer", "neither"),
                customer("{\"refId\":\"a\",\"externalId\":\"b\"}", "customer", "both"),
                customer("{\"refId\":4711}", "customer.refId", "customer.refId must be a string, not a number"),
                customer("{\"refId\":\"\"}", "customer.refId", "customer.refId: An id has"),
                customer("{\"refId\":\"a\\u0000b\"}", "customer.refId", "none of them invisible"),
                customer("{\"refId\":\"\\ud800\"}", "customer.refId", "customer.refId: An id has"),
                customer("{\"externalId\":\" x\"}", "customer.externalId", "no blank at either end"),
                customer("{\"externalId\":[\"x\"]}", "customer.externalId", "not an array"),
                customer("{\"id\":\"x\"}", "customer.id", "customer.id is unknown"),
                rest(
                        STATE,
                        "{\"requestId\":\"r\",\"state\":{\"state\":\"ACTIVE\"}}",
                        "customer",
                        "customer is missing"));
    }

    private static Stream<Rest> states() {
        return Stream.of(
                state("{\"stateReason\":\"dfltActive\"}", "state.state", "state.state is missing"),
                state("{\"state\":\"SLEEPING\"}", "state.state", "not \\\"SLEEPING\\\""),
                state("{\"state\":\"suspended\"}", "state.state", "must be one of INACTIVE, ACTIVE"),
                state("{\"state\":\"UNKNOWN\"}", "state.state", "must be one of"),
                state("{\"state\":true}", "state.state", "must be a string, not a boolean"),
                state("{\"state\":\"ACTIVE\",\"stateReason\":1}", "state.stateReason", "not a number"),
                state(
                        "{\"state\":\"ACTIVE\",\"stateReason\":\" \"}",
                        "state.stateReason",
                        "state.stateReason: A reason has"),
                state(
                        "{" + VALID + ",\"stateValidfrom\":\"2024-05-01T00:00:00Z\"}",
                        "state.stateValidfrom",
                        "is unknown"));
    }

    private static Stream<Rest> pending() {
        return Stream.of(
                state("{" + VALID + ",\"pending\":null}", "state.pending", "must be a boolean, not null"),
                state("{" + VALID + ",\"pending\":\"true\"}", "state.pending", "must be a boolean, not a string"),
                state("{" + VALID + ",\"pending\":1}", "state.pending", "must be a boolean, not a number"),
                state("{" + VALID + ",\"pending\":{}}", "state.pending", "must be a boolean, not an object"),
                state("{" + VALID + ",\"Pending\":true}", "state.Pending", "is unknown"),
                state("{" + VALID + ",\"pending\":true}", "state.stateValidFrom", "state.stateValidFrom is missing"),
                state(
                        "{" + VALID + ",\"pending\":null,\"stateValidFrom\":\"2024-05-01T00:00:00Z\"}",
                        "state.pending",
                        "not null"));
    }

    /** Whatever is asked for, a date is a date. */
    private static Stream<Rest> dates() {
        return PENDING.stream()
                .flatMap(pending -> Stream.of(
                                "\"2024-05-01\"",
                                "\"2024-05-01T00:00:00\"",
                                "\"2024-02-30T00:00:00Z\"",
                                "\"2024-05-01T24:00:01Z\"",
                                "\"2024-05-01T00:00:00+02:00[Europe/Berlin]\"",
                                "\"\"",
                                "\"now\"",
                                "1714514400000",
                                "false",
                                "[]",
                                "\"+10000-01-01T00:00:00Z\"",
                                "\"0000-12-31T23:59:59Z\"")
                        .map(date -> state(
                                "{" + VALID + pending + ",\"stateValidFrom\":" + date + "}",
                                "state.stateValidFrom",
                                "state.stateValidFrom")));
    }

    /** Whatever is asked for, what stands beside it is not passed over. */
    private static Stream<Rest> others() {
        return PENDING.stream().flatMap(pending -> {
            String date = pending.contains("true") ? ",\"stateValidFrom\":null" : "";
            String state = "{" + VALID + pending + date + "}";
            return Stream.of(
                    rest(STATE, update(state, ",\"subordinateUpdated\":\"no\""), "subordinateUpdated", "a boolean"),
                    rest(STATE, update(state, ",\"subordinateUpdated\":null"), "subordinateUpdated", "not null"),
                    rest(STATE, update(state, ",\"notes\":{}"), "notes", "notes must be a string, not an object"),
                    rest(STATE, update(state, ",\"notes\":\"" + "n".repeat(4_001) + "\""), "notes", "4000"),
                    rest(STATE, update(state, ",\"changeId\":\"c:1\""), "changeId", "changeId is unknown"),
                    state("{\"state\":\"GONE\"" + pending + date + "}", "state.state", "must be one of"),
                    state("{\"stateReason\":\"x\"" + pending + date + "}", "state.state", "missing"),
                    state(
                            "{\"state\":\"ACTIVE\",\"stateReason\":\"\"" + pending + date + "}",
                            "state.stateReason",
                            "state.stateReason: A reason has"));
        });
    }

    private static Stream<Rest> registrations() {
        return Stream.of(
                registration("", "customerId", "externalId"),
                registration(",\"customerId\":1", "customerId", "not a number"),
                registration(",\"externalId\":false", "externalId", "not a boolean"),
                registration(",\"externalId\":\"\"", "externalId", "externalId: An id has"),
                registration(",\"customerId\":\"a\",\"externalId\":\" b\"", "externalId", "externalId: An id has"),
                registration(",\"customerId\":\"a\",\"state\":\"ACTIVE\"", "state", "must be an object"),
                registration(",\"customerId\":\"a\",\"state\":{}", "state.state", "missing"),
                registration(
                        ",\"customerId\":\"a\",\"state\":{\"state\":\"ACTIVE\",\"pending\":true}",
                        "state.pending",
                        "is unknown"),
                registration(",\"customerId\":\"a\",\"attributes\":[]", "attributes", "must be an object"),
                registration(",\"customerId\":\"a\",\"attributes\":{\"x\":1}", "attributes.x", "not a number"),
                registration(",\"customerId\":\"a\",\"attributes\":{\"x\":null}", "attributes.x", "not null"),
                registration(",\"customerId\":\"a\",\"attributes\":{\"\":\"v\"}", "attributes", "1 to 100"),
                registration(",\"customerId\":\"a\",\"notes\":\"n\"", "notes", "notes is unknown"));
    }

    /** JSON-RPC calls. */
    public static Stream<Rpc> rpc() {
        return Stream.concat(envelopes(), params());
    }

    private static Stream<Rpc> envelopes() {
        String method = "\"method\":\"CustomerService.UpdateCustomerStatus\"";
        String valid = method + ",\"params\":{\"payload\":{\"ID\":\"c\",\"status\":\"ACTIVE\"}}";
        return Stream.of(
                new Rpc("", -32700, "", "null"),
                new Rpc("{\"id\":1,", -32700, "", "null"),
                new Rpc("{\"id\":1,\"id\":1}", -32700, "id", "null"),
                new Rpc("{\"id\":1} 2", -32700, "", "null"),
                new Rpc("7", -32600, "", "null"),
                new Rpc("[]", -32600, "", "null"),
                new Rpc("{" + valid + "}", -32600, "", "null"),
                new Rpc("{\"id\":{}," + valid + "}", -32600, "", "null"),
                new Rpc("{\"id\":true," + valid + "}", -32600, "", "null"),
                new Rpc("{\"id\":\"a\",\"jsonrpc\":\"1.0\"," + valid + "}", -32600, "", "\"a\""),
                new Rpc("{\"id\":\"a\",\"jsonrpc\":2.0," + valid + "}", -32600, "", "\"a\""),
                new Rpc("{\"jsonrpc\":\"2.0\",\"method\":1}", -32600, "", "null"),
                new Rpc("{\"id\":5,\"params\":{}}", -32600, "", "5"),
                new Rpc("{\"id\":5,\"extra\":1," + valid + "}", -32600, "", "5"),
                new Rpc("{\"id\":1.50,\"method\":\"CustomerService.Close\"}", -32601, "", "1.50"),
                new Rpc("{\"id\":null,\"method\":\"customerservice.updatecustomerstatus\"}", -32601, "", "null"),
                new Rpc("{\"id\":1," + method + "}", -32602, "params", "1"),
                new Rpc("{\"id\":1," + method + ",\"params\":[]}", -32602, "params", "1"),
                new Rpc("{\"id\":1," + method + ",\"params\":{}}", -32602, "params.payload", "1"),
                new Rpc("{\"id\":1," + method + ",\"params\":{\"x\":1}}", -32602, "params.x", "1"));
    }

    private static Stream<Rpc> params() {
        return Stream.of(
                payload("\"status\":\"ACTIVE\"", "params.payload.ID"),
                payload("\"ID\":100000000025001,\"status\":\"ACTIVE\"", "params.payload.ID"),
                payload("\"ID\":\"\",\"status\":\"ACTIVE\"", "params.payload.ID"),
                payload("\"ID\":\"c\"", "params.payload.status"),
                payload("\"ID\":\"c\",\"status\":\"active\"", "params.payload.status"),
                payload("\"ID\":\"c\",\"status\":\"INACTIVE\"", "params.payload.status"),
                payload("\"ID\":\"c\",\"status\":\"DEACTIVATED\"", "params.payload.status"),
                payload("\"ID\":\"c\",\"status\":7", "params.payload.status"),
                payload("\"ID\":\"c\",\"status\":\"ACTIVE\",\"notes\":7", "params.payload.notes"),
                payload("\"ID\":\"c\",\"status\":\"ACTIVE\",\"reason\":\"x\"", "params.payload.reason"),
                payload("\"ID\":\"c\",\"id\":\"d\",\"status\":\"ACTIVE\"", "params.payload.ID"),
                payload("\"ID\":\"c\",\"status\":\"ACTIVE\",\"Status\":\"BLOCKED\"", "params.payload.status"),
                payload("\"ID\":\"c\",\"status\":\"ACTIVE\"},\"api\":{\"keyId\":5", "params.api.keyId"),
                payload("\"ID\":\"c\",\"status\":\"ACTIVE\"},\"api\":{\"secret\":\"s\"", "params.api.secret"));
    }

    private static Rest rest(String path, String body, String field, String detail, String... headers) {
        return new Rest(path, body, field, detail.replace("\\\"", "\""), List.of(headers));
    }

    private static Rest customer(String customer, String field, String detail) {
        String body = "{\"requestId\":\"r\",\"customer\":" + customer
                + ",\"state\":{\"state\":\"ACTIVE\",\"stateReason\":\"dfltActive\"}}";
        return rest(STATE, body, field, detail);
    }

    private static Rest state(String state, String field, String detail) {
        return rest(STATE, update(state, ""), field, detail);
    }

    private static String update(String state, String more) {
        return "{\"requestId\":\"r\",\"customer\":{\"refId\":\"c\"},\"state\":" + state + more + "}";
    }

    private static Rest registration(String members, String field, String detail) {
        return rest(REGISTER, "{\"requestId\":\"r\"" + members + "}", field, detail);
    }

    private static Rpc payload(String members, String field) {
        return new Rpc(
                "{\"id\":\"1\",\"method\":\"CustomerService.UpdateCustomerStatus\",\"params\":{\"payload\":{" + members
                        + "}}}",
                -32602,
                field,
                "\"1\"");
    }
}
