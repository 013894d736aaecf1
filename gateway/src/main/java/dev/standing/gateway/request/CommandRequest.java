package dev.standing.gateway.request;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandField;
import dev.standing.domain.command.CommandValidation;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Rejection;
import dev.standing.domain.customer.Origin;
import dev.standing.gateway.json.InvalidMemberException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A request that became a well-formed command.
 *
 * @param command the command
 * @param paths what its members are called in the API that it came through
 */
public record CommandRequest(Command command, FieldPaths paths) {

    /**
     * Checks the command as the processor would: what is malformed must leave nothing in the log.
     *
     * @throws InvalidMemberException if it is malformed
     */
    public CommandRequest {
        Optional<Rejection> rejection =
                CommandValidation.identification(command).or(() -> CommandValidation.content(command));
        if (rejection.isPresent()) {
            throw invalid(rejection.get(), paths);
        }
    }

    /**
     * The request for a new command.
     *
     * @param source the upstream system that asks
     * @throws InvalidMemberException if the command is malformed
     */
    public static CommandRequest of(
            String source,
            String customerId,
            Optional<String> requestId,
            OptionalLong expectedVersion,
            Optional<String> customerExternalId,
            Instruction instruction,
            FieldPaths paths) {
        Origin origin = new Origin(UUID.randomUUID().toString(), requestId, source);
        return new CommandRequest(
                new Command(customerId, origin, expectedVersion, customerExternalId, instruction), paths);
    }

    /** The same request, for the customer of this id. The command keeps the externalId by which it was named. */
    public CommandRequest forCustomer(String customerId) {
        return new CommandRequest(
                new Command(
                        customerId,
                        command.origin(),
                        command.expectedVersion(),
                        command.customerExternalId(),
                        command.instruction()),
                paths);
    }

    private static InvalidMemberException invalid(Rejection rejection, FieldPaths paths) {
        String path = rejection
                .field()
                .flatMap((CommandField field) -> paths.of(field))
                .orElse("");
        // What is said about an element of a list names the list already.
        boolean isNamed = path.isEmpty() || rejection.message().startsWith(path + "[");
        return new InvalidMemberException(path, isNamed ? rejection.message() : path + ": " + rejection.message());
    }
}
