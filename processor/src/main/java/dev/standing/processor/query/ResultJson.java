package dev.standing.processor.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.CommandResult;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.mapping.json.CustomerJson;

/** The remembered result of a request, as gateways are told of it. */
final class ResultJson {

    private ResultJson() {}

    /**
     * The result as the answer to a request that was seen before. A rejection has {@code code}, {@code message} and
     * {@code field}, which is the name of a member of the command, or null; everything else has the customer, or null.
     */
    static ObjectNode of(CommandResult result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("requestId", result.getRequestId().orElse(null));
        json.put("commandId", result.getCommandId());
        json.put("customerId", result.getCustomerId());
        json.put("source", result.getSource());
        json.put("status", result.getStatus().name());
        json.put("replayed", true);
        if (result.getStatus() == ResultStatus.REJECTED) {
            json.put("code", result.getCode().orElse(RejectionCode.UNKNOWN).name());
            json.put("message", result.getMessage().orElse(null));
            json.put("field", result.getField().orElse(null));
        } else {
            json.set("customer", result.getCustomer().map(CustomerJson::of).orElse(null));
        }
        json.put("policyVersion", result.getPolicyVersion());
        json.put("decidedAt", result.getDecidedAt().toString());
        return json;
    }
}
