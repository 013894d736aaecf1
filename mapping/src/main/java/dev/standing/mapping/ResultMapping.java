package dev.standing.mapping;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.decision.Outcome;
import dev.standing.domain.decision.OutcomeStatus;
import dev.standing.serde.GeneratedClasses;
import java.util.Optional;

/** Results: towards Avro only, since nothing is decided from a result. */
public final class ResultMapping {

    private static final EnumMapping<OutcomeStatus, ResultStatus> STATUSES =
            new EnumMapping<>(OutcomeStatus.class, ResultStatus.class);

    static {
        GeneratedClasses.trust();
    }

    private ResultMapping() {}

    /**
     * The result of a command.
     *
     * @param customer the Avro form of the outcome's customer; empty where it has none
     */
    public static CommandResult toAvro(Command command, Outcome outcome, Optional<Customer> customer) {
        Optional<Rejection> rejection = outcome.rejection();
        return CommandResult.newBuilder()
                .setCommandId(command.origin().commandId())
                .setCustomerId(command.customerId())
                .setRequestId(command.origin().requestId().orElse(null))
                .setSource(command.origin().source())
                .setStatus(STATUSES.toAvro(outcome.status()))
                .setCode(rejection
                        .map(Rejection::code)
                        .map(RejectionCodes.MAPPING::toAvro)
                        .orElse(null))
                .setMessage(rejection.map(Rejection::message).orElse(null))
                .setField(rejection
                        .flatMap(Rejection::field)
                        .map(CommandField::fieldName)
                        .orElse(null))
                .setPolicyVersion(outcome.policyVersion())
                .setDecidedAt(outcome.decidedAt())
                .setCustomer(customer.orElse(null))
                .build();
    }

    /** The same result, marked as the answer to a request that was seen before. */
    public static CommandResult replayed(CommandResult original) {
        return CommandResult.newBuilder(original).setReplayed(true).build();
    }
}
