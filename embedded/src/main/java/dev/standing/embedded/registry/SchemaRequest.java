package dev.standing.embedded.registry;

import java.util.List;
import java.util.Objects;

/**
 * A schema as a client sends it.
 *
 * @param schema the schema as JSON, in whatever layout
 * @param references the types it takes from elsewhere
 * @param normalize whether the order of its properties is to be of no account
 */
record SchemaRequest(String schema, List<SchemaReference> references, boolean normalize) {

    SchemaRequest {
        Objects.requireNonNull(schema, "schema");
        references = List.copyOf(references);
    }
}
