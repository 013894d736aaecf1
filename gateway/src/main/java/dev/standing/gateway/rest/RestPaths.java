package dev.standing.gateway.rest;

/** The paths of REST, and what they are built from. */
final class RestPaths {

    static final String CUSTOMER_ID = "customerId";
    static final String REQUEST_ID = "requestId";
    static final String CHANGE_ID = "changeId";
    static final String SUBORDINATE_TYPE = "type";
    static final String SUBORDINATE_ID = "id";

    static final String CUSTOMERS = "/v1/customers";
    static final String STATE = CUSTOMERS + "/state";
    static final String CUSTOMER = CUSTOMERS + "/{" + CUSTOMER_ID + "}";
    static final String EVENTS = CUSTOMER + "/events";
    static final String REQUEST = CUSTOMER + "/requests/{" + REQUEST_ID + "}";
    static final String CHANGES = "/v1/changes";
    static final String CHANGE = CUSTOMER + "/changes/{" + CHANGE_ID + "}";
    static final String SUBORDINATES = CUSTOMER + "/subordinates";
    static final String SUBORDINATE = SUBORDINATES + "/{" + SUBORDINATE_TYPE + "}/{" + SUBORDINATE_ID + "}";

    private RestPaths() {}

    /** The path of a customer. */
    static String customer(String customerId) {
        return CUSTOMERS + "/" + PathSegment.of(customerId);
    }

    /** The path of the subordinates of a customer. */
    static String subordinates(String customerId) {
        return customer(customerId) + "/subordinates";
    }

    /** The path of a request for a customer. */
    static String request(String customerId, String requestId) {
        return customer(customerId) + "/requests/" + PathSegment.of(requestId);
    }
}
