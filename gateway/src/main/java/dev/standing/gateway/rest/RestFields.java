package dev.standing.gateway.rest;

import dev.standing.domain.command.CommandField;
import dev.standing.gateway.request.FieldPaths;
import java.util.Map;

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

    private RestFields() {}

    /** The paths of one write. */
    static FieldPaths of(RestEnvelope envelope, String customerIdPath) {
        return FieldPaths.of(COMMON)
                .with(CommandField.REQUEST_ID, envelope.requestIdPath())
                .with(CommandField.CUSTOMER_ID, customerIdPath);
    }
}
