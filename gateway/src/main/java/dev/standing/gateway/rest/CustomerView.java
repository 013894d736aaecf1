package dev.standing.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.Customer;
import dev.standing.avro.PlannedChange;

/** A customer as REST shows it. */
final class CustomerView {

    private CustomerView() {}

    /** The JSON form; what the customer does not have is null. */
    static ObjectNode of(Customer customer) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("customerId", customer.getCustomerId());
        view.put("externalId", customer.getExternalId().orElse(null));
        view.put("version", customer.getVersion());
        ObjectNode state = view.putObject("state");
        state.put("state", customer.getState().getState().name());
        state.put("stateReason", customer.getState().getStateReason());
        state.put("stateValidFrom", customer.getState().getValidFrom().toString());
        state.put("recordedAt", customer.getStateRecordedAt().toString());
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
