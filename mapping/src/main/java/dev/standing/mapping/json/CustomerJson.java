package dev.standing.mapping.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.Customer;
import dev.standing.avro.PlannedChange;
import dev.standing.avro.StateValue;
import java.time.Instant;

/** A customer as REST shows it. */
public final class CustomerJson {

    private CustomerJson() {}

    /** The customer with the state that holds now; what it does not have is null. */
    public static ObjectNode of(Customer customer) {
        return of(customer, customer.getState(), customer.getStateRecordedAt());
    }

    /** The customer with a state that held at some time, and when that was recorded. */
    public static ObjectNode of(Customer customer, StateValue held, Instant recordedAt) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("customerId", customer.getCustomerId());
        view.put("externalId", customer.getExternalId().orElse(null));
        view.put("version", customer.getVersion());
        ObjectNode state = StateJson.of(held);
        state.put("recordedAt", recordedAt.toString());
        view.set("state", state);
        ArrayNode planned = view.putArray("plannedChanges");
        customer.getPlannedChanges().forEach(change -> planned.add(of(change)));
        return view;
    }

    private static ObjectNode of(PlannedChange change) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("changeId", change.getChangeId());
        view.put("status", change.getStatus().name());
        view.put("state", change.getState().name());
        view.put("stateReason", change.getStateReason());
        view.put("stateValidFrom", change.getValidFrom().toString());
        view.put("subordinateUpdated", change.getSubordinateUpdated());
        return view;
    }
}
