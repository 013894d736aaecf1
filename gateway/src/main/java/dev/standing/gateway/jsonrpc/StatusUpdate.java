package dev.standing.gateway.jsonrpc;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonMember;
import dev.standing.gateway.json.JsonObject;
import dev.standing.gateway.request.CommandRequest;
import dev.standing.gateway.request.FieldPaths;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code CustomerService.UpdateCustomerStatus}: changes the state at once, with the policy's reason. */
final class StatusUpdate {

    static final String METHOD = "CustomerService.UpdateCustomerStatus";

    /** What the members of a command are called in this call. */
    private static final FieldPaths PATHS = FieldPaths.of(Map.of(
            CommandField.CUSTOMER_ID, "params.payload.ID",
            CommandField.STATE, "params.payload.status",
            CommandField.NOTES, "params.payload.notes",
            CommandField.REQUEST_ID, Request.IDEMPOTENCY_KEY));

    private StatusUpdate() {}

    /**
     * Reads the parameters. Who signs is looked at for its form only.
     *
     * @throws InvalidMemberException if they are malformed
     */
    static CommandRequest parse(JsonMember params, Optional<String> requestId) {
        JsonObject object = params.object().only("api", "payload");
        object.member("api").optionalObject().ifPresent(StatusUpdate::checkForm);
        Payload payload = Payload.read(object.member("payload").object());
        String customerId = payload.member(Payload.ID).text();
        NetXdState state = payload.member(Payload.STATUS).oneOf(NetXdState.class);
        ChangeState change = new ChangeState(
                state.canonical(),
                new ReasonChoice.PolicyDefault(),
                Optional.empty(),
                false,
                payload.member(Payload.NOTES).optionalText());
        return CommandRequest.of(customerId, requestId, OptionalLong.empty(), Optional.empty(), change, PATHS);
    }

    private static void checkForm(JsonObject api) {
        for (JsonMember member : api.only("signature", "keyId", "credential").members()) {
            member.text();
        }
    }
}
