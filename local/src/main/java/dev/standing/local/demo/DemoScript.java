package dev.standing.local.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.EventType;
import java.util.List;
import java.util.UUID;

/** The steps of the demo. Their requestIds are new in each run, as the data of earlier runs may still be there. */
public final class DemoScript {

    /** The customer of the OCS.io requests. */
    public static final String OCS_CUSTOMER = "customer_external_id";
    /** The customer of the NetXD call. */
    public static final String NETXD_CUSTOMER = "100000000025001";

    /** How many steps there are. */
    static final int STEPS = 7;

    private static final String REGISTER = "/v1/customers";
    private static final String UPDATE_STATE = "/v1/customers/state";
    private static final String STATUS = "/status";
    private static final String CODE = "/code";

    private static final Expectation REGISTERED = new Expectation(
            "registered, with its first event", 201, STATUS, "REGISTERED", List.of(EventType.CUSTOMER_REGISTERED));
    private static final Expectation REGISTERED_BEFORE = new Expectation(
            "registered by an earlier run; refused, without an event", 409, CODE, "ALREADY_REGISTERED", List.of());

    private final ObjectNode suspension = stateUpdate("SUSPENDED", "dfltSuspended");

    DemoScript() {
        ((ObjectNode) suspension.get("state")).put("stateValidFrom", "2024-05-01T00:00:00+02:00");
    }

    DemoStep registerForOcs() {
        ObjectNode body = withRequestId().put("externalId", OCS_CUSTOMER);
        return new DemoStep(
                "Register a customer by its externalId",
                OCS_CUSTOMER,
                new DemoRequest(REGISTER, body),
                List.of(REGISTERED, REGISTERED_BEFORE));
    }

    DemoStep registerForNetXd() {
        ObjectNode body = withRequestId().put("customerId", NETXD_CUSTOMER);
        body.putObject("state").put("state", "INACTIVE").put("stateReason", "dfltInactive");
        return new DemoStep(
                "Register a customer that is not active yet",
                NETXD_CUSTOMER,
                new DemoRequest(REGISTER, body),
                List.of(REGISTERED, REGISTERED_BEFORE));
    }

    /**
     * The bank's call.
     *
     * @param isNew whether the customer was registered in this run, as INACTIVE
     */
    DemoStep activateByNetXd(boolean isNew) {
        ObjectNode body =
                object().put("method", "CustomerService.UpdateCustomerStatus").put("id", "1");
        ObjectNode params = body.putObject("params");
        params.putObject("api").put("signature", "s").put("keyId", "k").put("credential", "c");
        params.putObject("payload")
                .put("ID", NETXD_CUSTOMER)
                .put("status", "ACTIVE")
                .put("notes", "Testing Update");
        Expectation activated = new Expectation(
                "activated, with one event", 200, "/result/Status", "ACTIVE", List.of(EventType.STATE_CHANGED));
        Expectation activeBefore = new Expectation(
                "active since an earlier run; unchanged, without an event", 200, "/result/Status", "ACTIVE", List.of());
        return new DemoStep(
                "NetXD: CustomerService.UpdateCustomerStatus",
                NETXD_CUSTOMER,
                new DemoRequest("/jsonrpc", body),
                isNew ? List.of(activated) : List.of(activated, activeBefore));
    }

    /**
     * The telco's call.
     *
     * @param isNew whether the customer was registered in this run
     */
    DemoStep suspendByOcs(boolean isNew) {
        Expectation suspended = applied("suspended, with one event");
        Expectation suspendedBefore = new Expectation(
                "suspended since an earlier run; unchanged, without an event", 200, STATUS, "UNCHANGED", List.of());
        return new DemoStep(
                "OCS.io: UpdateCustomerState, at once",
                OCS_CUSTOMER,
                new DemoRequest(UPDATE_STATE, suspension),
                isNew ? List.of(suspended) : List.of(suspended, suspendedBefore));
    }

    /** The same call again. */
    DemoStep repeatSuspension(DemoAnswer first) {
        Expectation replayed = new Expectation(
                "the first answer again (replayed), without an event",
                200,
                "/commandId",
                first.commandId().orElse("(none)"),
                List.of());
        return new DemoStep(
                "OCS.io: the same request once more, as after a lost answer",
                OCS_CUSTOMER,
                new DemoRequest(UPDATE_STATE, suspension),
                List.of(replayed));
    }

    DemoStep refusedReason() {
        Expectation refused = new Expectation("refused, without an event", 422, CODE, "UNKNOWN_REASON", List.of());
        return new DemoStep(
                "OCS.io: a reason that nobody configured",
                OCS_CUSTOMER,
                new DemoRequest(UPDATE_STATE, stateUpdate("SUSPENDED", "noSuchReason")),
                List.of(refused));
    }

    DemoStep reactivate() {
        return new DemoStep(
                "OCS.io: active again, from now on",
                OCS_CUSTOMER,
                new DemoRequest(UPDATE_STATE, stateUpdate("ACTIVE", "dfltActive")),
                List.of(applied("active, with one event")));
    }

    private static Expectation applied(String words) {
        return new Expectation(words, 200, STATUS, "APPLIED", List.of(EventType.STATE_CHANGED));
    }

    private static ObjectNode stateUpdate(String state, String reason) {
        ObjectNode body = withRequestId();
        body.putObject("customer").put("externalId", OCS_CUSTOMER);
        body.putObject("state").put("state", state).put("stateReason", reason);
        return body;
    }

    private static ObjectNode withRequestId() {
        return object().put("requestId", UUID.randomUUID().toString());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
