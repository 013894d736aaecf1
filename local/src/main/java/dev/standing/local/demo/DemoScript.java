package dev.standing.local.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.EventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** The steps of the demo. Their requestIds are new in each run, as the data of earlier runs may still be there. */
public final class DemoScript {

    /** The customer of the OCS.io requests. */
    public static final String OCS_CUSTOMER = "customer_external_id";
    /** The customer of the NetXD call. */
    public static final String NETXD_CUSTOMER = "100000000025001";

    /** How many steps there are. */
    static final int STEPS = 15;

    private static final String REGISTER = "/v1/customers";
    private static final String UPDATE_STATE = "/v1/customers/state";
    private static final String SUBORDINATES_OF_OCS = REGISTER + "/" + OCS_CUSTOMER + "/subordinates";
    private static final String TYPE = "type";
    private static final String ID = "id";
    private static final String ACCOUNT = "ACCOUNT";
    private static final String STATUS = "/status";
    private static final String CODE = "/code";

    private static final String FIRST_OF_MAY = "2024-05-01T00:00:00+02:00";
    private static final String IN_APRIL = "2024-04-15T00:00:00+02:00";
    private static final String FAR_AHEAD = "2199-05-01T00:00:00+02:00";

    private static final Expectation REGISTERED = new Expectation(
            "registered, with its first event", 201, STATUS, "REGISTERED", List.of(EventType.CUSTOMER_REGISTERED));
    private static final Expectation REGISTERED_BEFORE = new Expectation(
            "registered by an earlier run; refused, without an event", 409, CODE, "ALREADY_REGISTERED", List.of());

    private final ObjectNode suspension = suspension(FIRST_OF_MAY);

    DemoStep registerForOcs() {
        ObjectNode body = withRequestId().put("externalId", OCS_CUSTOMER);
        return new DemoStep(
                "Register a customer by its externalId",
                OCS_CUSTOMER,
                DemoRequest.post(REGISTER, body),
                List.of(REGISTERED, REGISTERED_BEFORE));
    }

    DemoStep registerForNetXd() {
        ObjectNode body = withRequestId().put("customerId", NETXD_CUSTOMER);
        body.putObject("state").put("state", "INACTIVE").put("stateReason", "dfltInactive");
        return new DemoStep(
                "Register a customer that is not active yet",
                NETXD_CUSTOMER,
                DemoRequest.post(REGISTER, body),
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
        params.putObject("api").put("keyId", "(your key)").put("credential", "Basic (your key and credential)");
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
                DemoRequest.post("/jsonrpc", body),
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
                "OCS.io: UpdateCustomerState, suspended since a date in the past",
                OCS_CUSTOMER,
                DemoRequest.post(UPDATE_STATE, suspension),
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
                DemoRequest.post(UPDATE_STATE, suspension),
                List.of(replayed));
    }

    DemoStep refusedReason() {
        Expectation refused = new Expectation("refused, without an event", 422, CODE, "UNKNOWN_REASON", List.of());
        return new DemoStep(
                "OCS.io: a reason that nobody configured",
                OCS_CUSTOMER,
                DemoRequest.post(UPDATE_STATE, stateUpdate("SUSPENDED", "noSuchReason")),
                List.of(refused));
    }

    DemoStep registerSubordinates() {
        ObjectNode body = withRequestId();
        ArrayNode list = body.putArray("subordinates");
        list.addObject().put(TYPE, ACCOUNT).put(ID, "a-1");
        list.addObject().put(TYPE, ACCOUNT).put(ID, "a-2");
        list.addObject()
                .put(TYPE, "SUBSCRIPTION")
                .put(ID, "s-1")
                .putObject("parent")
                .put(TYPE, ACCOUNT)
                .put(ID, "a-1");
        return new DemoStep(
                "Two accounts of the customer, and a subscription of the first",
                OCS_CUSTOMER,
                DemoRequest.post(SUBORDINATES_OF_OCS, body),
                List.of(new Expectation(
                        "registered, with an event each",
                        201,
                        STATUS,
                        "REGISTERED",
                        List.of(
                                EventType.SUBORDINATE_REGISTERED,
                                EventType.SUBORDINATE_REGISTERED,
                                EventType.SUBORDINATE_REGISTERED))));
    }

    DemoStep suspendWithSubordinates() {
        ObjectNode body = stateUpdate("SUSPENDED", "nonPayment").put("subordinateUpdated", true);
        return new DemoStep(
                "OCS.io: another reason, which goes on to accounts and subscriptions",
                OCS_CUSTOMER,
                DemoRequest.post(UPDATE_STATE, body),
                List.of(new Expectation(
                        "applied; a second event says that all of them have followed",
                        200,
                        STATUS,
                        "APPLIED",
                        List.of(EventType.STATE_CHANGED, EventType.CASCADE_COMPLETED))));
    }

    DemoStep listSubordinates() {
        return new DemoStep(
                "Where do they stand now?",
                OCS_CUSTOMER,
                DemoRequest.get(SUBORDINATES_OF_OCS),
                List.of(new Expectation(
                        "the subscription is suspended, like its account",
                        200,
                        "/subordinates/2/stateReason",
                        "nonPayment",
                        List.of())));
    }

    DemoStep propose() {
        return new DemoStep(
                "OCS.io: the same as a pending change, which waits for a confirmation",
                OCS_CUSTOMER,
                DemoRequest.post(UPDATE_STATE, pending(suspension(FIRST_OF_MAY), true)),
                List.of(new Expectation(
                        "pending; an event also says that its date has passed unconfirmed",
                        200,
                        STATUS,
                        "PENDING",
                        List.of(EventType.CHANGE_PROPOSED, EventType.PENDING_OVERDUE))));
    }

    DemoStep confirmWithAnotherDate() {
        return new DemoStep(
                "OCS.io: confirmed, for another date",
                OCS_CUSTOMER,
                DemoRequest.post(UPDATE_STATE, pending(suspension(IN_APRIL), false)),
                List.of(new Expectation(
                        "confirmed, and applied at once",
                        200,
                        STATUS,
                        "APPLIED",
                        List.of(EventType.CHANGE_CONFIRMED, EventType.STATE_CHANGED))));
    }

    DemoStep proposeAgain() {
        return new DemoStep(
                "OCS.io: another pending change, far ahead",
                OCS_CUSTOMER,
                DemoRequest.post(UPDATE_STATE, pending(suspension(FAR_AHEAD), true)),
                List.of(new Expectation(
                        "pending, with one event", 200, STATUS, "PENDING", List.of(EventType.CHANGE_PROPOSED))));
    }

    DemoStep cancel() {
        ObjectNode body = pending(stateUpdate("SUSPENDED", "dfltSuspended"), true);
        state(body).putNull("stateValidFrom");
        return new DemoStep(
                "OCS.io: cancelled, by a date that is null",
                OCS_CUSTOMER,
                DemoRequest.post(UPDATE_STATE, body),
                List.of(new Expectation(
                        "cancelled, with one event", 200, STATUS, "CANCELLED", List.of(EventType.CHANGE_CANCELLED))));
    }

    /** A change that falls due while one watches. */
    DemoStep scheduleReactivation(Instant at) {
        ObjectNode body = stateUpdate("ACTIVE", "dfltActive");
        state(body).put("stateValidFrom", at.truncatedTo(ChronoUnit.MILLIS).toString());
        return new DemoStep(
                "OCS.io: active again, in a few seconds",
                OCS_CUSTOMER,
                DemoRequest.post(UPDATE_STATE, body),
                List.of(new Expectation(
                        "scheduled, and applied when its time had come",
                        200,
                        STATUS,
                        "SCHEDULED",
                        List.of(EventType.CHANGE_SCHEDULED, EventType.STATE_CHANGED))));
    }

    DemoStep lookBack() {
        return new DemoStep(
                "Where did the customer stand on 20 April 2024, as known now?",
                OCS_CUSTOMER,
                DemoRequest.get(REGISTER + "/" + OCS_CUSTOMER + "?asOf=2024-04-20T00:00:00Z"),
                List.of(new Expectation(
                        "suspended then, as the confirmation for April says",
                        200,
                        "/state/stateValidFrom",
                        "2024-04-14T22:00:00Z",
                        List.of())));
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

    private static ObjectNode suspension(String validFrom) {
        ObjectNode body = stateUpdate("SUSPENDED", "dfltSuspended");
        state(body).put("stateValidFrom", validFrom);
        return body;
    }

    private static ObjectNode pending(ObjectNode body, boolean pending) {
        state(body).put("pending", pending);
        return body;
    }

    private static ObjectNode state(ObjectNode body) {
        return (ObjectNode) body.get("state");
    }

    private static ObjectNode withRequestId() {
        return object().put("requestId", UUID.randomUUID().toString());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
