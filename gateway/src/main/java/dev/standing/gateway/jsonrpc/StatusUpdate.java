package dev.standing.gateway.jsonrpc;

import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.gateway.access.Caller;
import dev.standing.gateway.access.RpcCredentials;
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

    private static final String ID = "ID";
    private static final String STATUS = "status";
    private static final String NOTES = "notes";
    private static final String KEY_ID = "keyId";
    private static final String CREDENTIAL = "credential";
    private static final String SIGNATURE = "signature";

    /** What the members of a command are called in this call. */
    private static final FieldPaths PATHS = FieldPaths.of(Map.of(
            CommandField.CUSTOMER_ID, "params.payload.ID",
            CommandField.STATE, "params.payload.status",
            CommandField.NOTES, "params.payload.notes",
            CommandField.REQUEST_ID, Request.IDEMPOTENCY_KEY));

    private StatusUpdate() {}

    /**
     * Who says to call.
     *
     * @throws InvalidMemberException if the parameters are malformed
     */
    static RpcCredentials credentials(JsonObject params) {
        JsonMember member = params.member("api");
        if (!member.hasValue()) {
            return new RpcCredentials(Optional.empty(), Optional.empty(), Optional.empty());
        }
        VendorObject api = VendorObject.read(member.object(), KEY_ID, CREDENTIAL, SIGNATURE);
        return new RpcCredentials(
                api.member(KEY_ID).optionalText(),
                api.member(CREDENTIAL).optionalText(),
                api.member(SIGNATURE).optionalText());
    }

    /**
     * Reads the payload.
     *
     * @throws InvalidMemberException if it is malformed
     */
    static CommandRequest parse(JsonObject params, Caller caller, Optional<String> requestId) {
        VendorObject payload = VendorObject.read(params.member("payload").object(), ID, STATUS, NOTES);
        NetXdState state = payload.member(STATUS).oneOf(NetXdState.class);
        ChangeState change = new ChangeState(
                state.canonical(),
                new ReasonChoice.PolicyDefault(),
                Optional.empty(),
                false,
                payload.member(NOTES).optionalText());
        return CommandRequest.of(
                caller.source(),
                payload.member(ID).text(),
                requestId,
                OptionalLong.empty(),
                Optional.empty(),
                change,
                PATHS);
    }
}
