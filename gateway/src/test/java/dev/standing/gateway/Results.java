package dev.standing.gateway;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerState;
import dev.standing.avro.PlannedChange;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.avro.Sha256;
import dev.standing.avro.StateValue;
import dev.standing.domain.command.Command;
import dev.standing.serde.GeneratedClasses;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Results as a processor may write them, today's or a later one. */
public final class Results {

    private static final Instant DECIDED_AT = Instant.parse("2024-06-01T10:00:00.123Z");

    static {
        GeneratedClasses.trust();
    }

    private Results() {}

    /** A result with a customer in a state. */
    public static CommandResult success(Command command, ResultStatus status, CustomerState state) {
        return result(command, status)
                .setCustomer(customer(command.customerId(), state))
                .build();
    }

    /** A result with a customer in a state that has an externalId. */
    public static CommandResult of(Command command, ResultStatus status, CustomerState state, String externalId) {
        Customer customer = Customer.newBuilder(customer(command.customerId(), state))
                .setExternalId(externalId)
                .build();
        return result(command, status).setCustomer(customer).build();
    }

    /** A rejection that blames a member. */
    public static CommandResult rejected(Command command, RejectionCode code, String field) {
        return result(command, ResultStatus.REJECTED)
                .setCode(code)
                .setMessage("No.")
                .setField(field)
                .build();
    }

    private static CommandResult.Builder result(Command command, ResultStatus status) {
        return CommandResult.newBuilder()
                .setCommandId(command.origin().commandId())
                .setCustomerId(command.customerId())
                .setRequestId(command.origin().requestId().orElse(null))
                .setSource(command.origin().source())
                .setStatus(status)
                .setPolicyVersion("1")
                .setDecidedAt(DECIDED_AT);
    }

    private static Customer customer(String customerId, CustomerState state) {
        Instant validFrom = Instant.parse("2024-04-30T22:00:00Z");
        PlannedChange planned = PlannedChange.newBuilder()
                .setChangeId("c-1:2")
                .setStatus(dev.standing.avro.PlannedChangeStatus.PENDING)
                .setState(CustomerState.ACTIVE)
                .setStateReason("dfltActive")
                .setValidFrom(validFrom)
                .setSubordinateUpdated(true)
                .setAcceptedSequence(2)
                .setAcceptedAt(validFrom)
                .setCommandId("x")
                .setSource("y")
                .build();
        return Customer.newBuilder()
                .setCustomerId(customerId)
                .setVersion(3)
                .setSequence(4)
                .setRecordedAt(DECIDED_AT)
                .setState(new StateValue(state, "aReason", validFrom))
                .setStateRecordedAt(DECIDED_AT)
                .setRegisteredAt(validFrom)
                .setAttributes(Map.of())
                .setPlannedChanges(List.of(planned))
                .setLastEventHash(new Sha256(new byte[32]))
                .build();
    }
}
