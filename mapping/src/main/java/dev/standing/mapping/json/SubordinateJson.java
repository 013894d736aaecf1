package dev.standing.mapping.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateRef;
import dev.standing.avro.SubordinateType;

/** A subordinate as REST shows it. */
public final class SubordinateJson {

    private SubordinateJson() {}

    /** The subordinate; a parent of null is the customer. */
    public static ObjectNode of(Subordinate subordinate) {
        ObjectNode json = ref(subordinate.getType(), subordinate.getId());
        json.set("parent", subordinate.getParent().map(SubordinateJson::of).orElse(null));
        json.put("state", subordinate.getState().name());
        json.put("stateReason", subordinate.getStateReason().orElse(null));
        return json;
    }

    /** The name of a subordinate. */
    public static ObjectNode of(SubordinateRef ref) {
        return ref(ref.getType(), ref.getId());
    }

    static ObjectNode ref(SubordinateType type, String id) {
        return JsonNodeFactory.instance.objectNode().put("type", type.name()).put("id", id);
    }
}
