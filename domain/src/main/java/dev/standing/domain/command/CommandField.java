package dev.standing.domain.command;

import java.util.Arrays;
import java.util.Optional;

/** The members of a command that a rejection can blame. Their names are those of the Avro schema. */
public enum CommandField {
    /** The command's own id. */
    COMMAND_ID("commandId"),
    /** The customer's id. */
    CUSTOMER_ID("customerId"),
    /** The requester's own id. */
    REQUEST_ID("requestId"),
    /** The system that asks. */
    SOURCE("source"),
    /** The version that the customer must have. */
    EXPECTED_VERSION("expectedVersion"),
    /** The externalId by which the requester named the customer. */
    CUSTOMER_EXTERNAL_ID("customerExternalId"),
    /** What is asked for. */
    TYPE("type"),
    /** The externalId of a registration. */
    EXTERNAL_ID("externalId"),
    /** The state. */
    STATE("state"),
    /** The reason of the state. */
    STATE_REASON("stateReason"),
    /** The date of the state. */
    VALID_FROM("validFrom"),
    /** The id of a planned change. */
    CHANGE_ID("changeId"),
    /** Whether subordinates follow. */
    SUBORDINATE_UPDATED("subordinateUpdated"),
    /** Free text. */
    NOTES("notes"),
    /** What is kept with the customer. */
    ATTRIBUTES("attributes"),
    /** The subordinates to be registered: a message about one of them says which. */
    SUBORDINATES("subordinates"),
    /** The type of the subordinate to be removed. */
    SUBORDINATE_TYPE("subordinateType"),
    /** The id of the subordinate to be removed. */
    ID("id");

    private final String fieldName;

    CommandField(String fieldName) {
        this.fieldName = fieldName;
    }

    /** The name as results carry it. */
    public String fieldName() {
        return fieldName;
    }

    /** The field of a name that a result carries; empty for a name that this version does not know. */
    public static Optional<CommandField> named(String fieldName) {
        return Arrays.stream(values())
                .filter(field -> field.fieldName.equals(fieldName))
                .findFirst();
    }
}
