package dev.standing.local.imports.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What one line says. */
sealed interface Entry {

    /**
     * A customer.
     *
     * @param customerId its id, which is its externalId if it has no other
     * @param registration the body of the registration, without a requestId
     * @param subordinates those of the same line, parents first
     */
    record Customer(String customerId, ObjectNode registration, List<ObjectNode> subordinates) implements Entry {}

    /** A subordinate in a line of its own. */
    record Subordinate(String customerId, ObjectNode subordinate) implements Entry {}

    /**
     * Nothing that can be sent.
     *
     * @param customerId as far as it can be told
     * @param field the member or column to blame, if one is
     * @param message for people
     */
    record Unusable(Optional<String> customerId, Optional<String> field, String message) implements Entry {}
}
