package dev.standing.mapping.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.StateValue;

/** A state, its reason and its date. */
final class StateJson {

    private StateJson() {}

    static ObjectNode of(StateValue value) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("state", value.getState().name());
        json.put("stateReason", value.getStateReason());
        json.put("stateValidFrom", value.getValidFrom().toString());
        return json;
    }
}
