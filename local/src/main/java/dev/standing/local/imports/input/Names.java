package dev.standing.local.imports.input;

/** The names of members in requests, which are those of JSON Lines too. */
final class Names {

    static final String CUSTOMER_ID = "customerId";
    static final String EXTERNAL_ID = "externalId";
    static final String STATE = "state";
    static final String STATE_REASON = "stateReason";
    static final String STATE_VALID_FROM = "stateValidFrom";
    static final String ATTRIBUTES = "attributes";
    static final String SUBORDINATES = "subordinates";
    static final String TYPE = "type";
    static final String ID = "id";
    static final String PARENT = "parent";

    private Names() {}
}
