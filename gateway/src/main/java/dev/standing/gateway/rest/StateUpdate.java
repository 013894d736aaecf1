package dev.standing.gateway.rest;

import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.customer.CustomerState;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonMember;
import dev.standing.gateway.json.JsonObject;
import dev.standing.gateway.request.CommandRequest;
import dev.standing.gateway.request.FieldPaths;
import java.time.Instant;
import java.util.Optional;

/** {@code POST /v1/customers/state}: OCS.io's UpdateCustomerState ({@code semantics.md} section 3). */
final class StateUpdate {

    private static final String REF_ID = "refId";
    private static final String EXTERNAL_ID = "externalId";

    private StateUpdate() {}

    /**
     * Reads an update. If it names the customer by externalId, that stands in for the customerId, which is still to be
     * found ({@link CommandRequest#forCustomer}).
     *
     * @throws InvalidMemberException if it is malformed
     */
    static CommandRequest parse(Request request, JsonObject body) {
        body.only(RestEnvelope.REQUEST_ID, "customer", "state", "subordinateUpdated", "notes");
        RestEnvelope envelope = RestEnvelope.read(request, body);
        JsonMember customer = customer(body);
        boolean byExternalId = customer.name().equals(EXTERNAL_ID);
        String id = customer.text();
        FieldPaths paths = RestFields.of(envelope, customer.path());
        return CommandRequest.of(
                request.caller().source(),
                id,
                Optional.of(envelope.requestId()),
                envelope.expectedVersion(),
                byExternalId ? Optional.of(id) : Optional.empty(),
                instruction(body),
                byExternalId ? paths.with(CommandField.CUSTOMER_EXTERNAL_ID, customer.path()) : paths);
    }

    /** The one of the two ids that names the customer. */
    private static JsonMember customer(JsonObject body) {
        JsonObject customer = body.member("customer").object().only(REF_ID, EXTERNAL_ID);
        JsonMember refId = customer.member(REF_ID);
        JsonMember externalId = customer.member(EXTERNAL_ID);
        if (refId.hasValue() == externalId.hasValue()) {
            throw new InvalidMemberException(
                    customer.path(),
                    "customer must have either refId or externalId; it has " + (refId.hasValue() ? "both" : "neither"));
        }
        return refId.hasValue() ? refId : externalId;
    }

    /** What the body asks for: absent, null and a value are three things. */
    private static Instruction instruction(JsonObject body) {
        JsonObject members = body.member("state").object().only("state", "stateReason", "stateValidFrom", "pending");
        CustomerState state = members.member("state").oneOf(CustomerState.class);
        ReasonChoice reason = ReasonChoice.of(members.member("stateReason").optionalText());
        JsonMember date = members.member("stateValidFrom");
        Optional<Instant> validFrom = date.optionalInstant();
        JsonMember pending = members.member("pending");
        Optional<Boolean> subordinateUpdated = given(body.member("subordinateUpdated"));
        Optional<String> notes = body.member("notes").optionalText();
        if (!pending.isPresent()) {
            return new ChangeState(state, reason, validFrom, subordinateUpdated.orElse(false), notes);
        }
        if (!pending.bool()) {
            return new ConfirmChange(state, reason, validFrom, subordinateUpdated, notes);
        }
        if (!date.isPresent()) {
            throw date.problem(date.path() + " is missing; beside \"pending\": true it is a date, which proposes the"
                    + " change, or null, which cancels it");
        }
        return validFrom
                .<Instruction>map(day -> new ProposeChange(state, reason, day, subordinateUpdated.orElse(false), notes))
                .orElseGet(() -> new CancelChange(new ChangeSelection.ByState(state, reason), notes));
    }

    /** The truth value, which may be left out but not be null. */
    private static Optional<Boolean> given(JsonMember member) {
        return member.isPresent() ? Optional.of(member.bool()) : Optional.empty();
    }
}
