package dev.standing.gateway.rest;

import dev.standing.domain.command.CommandField;
import dev.standing.gateway.request.FieldPaths;
import java.util.Map;
import java.util.Optional;

/** What the members of a command are called in REST. */
final class RestFields {

    /** Those of all kinds of writes; a kind adds where it names the customer, and what it alone has. */
    private static final Map<CommandField, String> COMMON = Map.of(
            CommandField.EXPECTED_VERSION, RestEnvelope.IF_MATCH,
            CommandField.STATE, "state.state",
            CommandField.STATE_REASON, "state.stateReason",
            CommandField.VALID_FROM, "state.stateValidFrom",
            CommandField.SUBORDINATE_UPDATED, "subordinateUpdated",
            CommandField.NOTES, "notes",
            CommandField.ATTRIBUTES, "attributes",
            CommandField.EXTERNAL_ID, "externalId");

    /** Those of a write that is known by its result alone: where it named the customer cannot be told. */
    private static final FieldPaths OF_ANY = FieldPaths.of(COMMON)
            .with(CommandField.REQUEST_ID, RestEnvelope.REQUEST_ID)
            .with(CommandField.CUSTOMER_ID, RestPaths.CUSTOMER_ID)
            .with(CommandField.CUSTOMER_EXTERNAL_ID, "customer.externalId")
            .with(CommandField.CHANGE_ID, RestPaths.CHANGE_ID)
            .with(CommandField.SUBORDINATES, "subordinates")
            .with(CommandField.SUBORDINATE_TYPE, RestPaths.SUBORDINATE_TYPE)
            .with(CommandField.ID, RestPaths.SUBORDINATE_ID);

    private RestFields() {}

    /** The path of a member by the name that a result gives, whatever was written; empty if REST has none for it. */
    static Optional<String> ofResult(String fieldName) {
        return OF_ANY.named(fieldName);
    }

    /** The paths of one write. */
    static FieldPaths of(RestEnvelope envelope, String customerIdPath) {
        return FieldPaths.of(COMMON)
                .with(CommandField.REQUEST_ID, envelope.requestIdPath())
                .with(CommandField.CUSTOMER_ID, customerIdPath);
    }
}
