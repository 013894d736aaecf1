package dev.standing.gateway.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.avro.CommandResult;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Problem;
import dev.standing.gateway.http.ProblemCode;
import dev.standing.gateway.reply.Reply;
import dev.standing.gateway.request.CommandRequest;
import dev.standing.mapping.json.CustomerJson;
import java.util.Optional;

/** How REST answers what came of a command. */
final class RestAnswers {

    /** The status of what is safely in the log, but not answered yet. */
    static final int ACCEPTED = 202;

    private static final String REPEAT =
            " The same request again, with the same requestId, is safe and gets its result.";

    private RestAnswers() {}

    /** The answer to a request. */
    static Answer of(CommandRequest request, Reply reply) {
        if (reply instanceof Reply.Decided decided) {
            return decided(request, decided.result());
        }
        if (reply instanceof Reply.Unanswered) {
            return accepted(request.command());
        }
        if (reply instanceof Reply.NotTaken notTaken) {
            return unavailable(request, notTaken.why());
        }
        if (reply instanceof Reply.PerhapsTaken) {
            return unavailable(
                    request, "Kafka did not confirm the request in time: it may have been taken, or not." + REPEAT);
        }
        return unreadable(request);
    }

    private static Answer decided(CommandRequest request, CommandResult result) {
        if (result.getStatus() == ResultStatus.UNKNOWN) {
            return unreadable(request);
        }
        if (result.getStatus() == ResultStatus.REJECTED) {
            return rejected(request, result);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("requestId", result.getRequestId().orElse(null));
        body.put("commandId", result.getCommandId());
        body.put("status", result.getStatus().name());
        body.put("replayed", result.getReplayed());
        body.set("customer", result.getCustomer().map(CustomerJson::of).orElse(null));
        boolean registered = result.getStatus() == ResultStatus.REGISTERED;
        Answer answer = Answer.json(registered ? 201 : 200, body);
        if (registered) {
            answer = answer.with("Location", registered(request.command()));
        }
        return result.getCustomer().isPresent()
                ? answer.with(
                        EntityTag.HEADER,
                        EntityTag.of(result.getCustomer().get().getVersion()).text())
                : answer;
    }

    /** The path of what a registration registered. */
    private static String registered(Command command) {
        return command.instruction() instanceof RegisterSubordinates
                ? RestPaths.subordinates(command.customerId())
                : RestPaths.customer(command.customerId());
    }

    private static Answer rejected(CommandRequest request, CommandResult result) {
        RejectionCode code = result.getCode().orElse(RejectionCode.UNKNOWN);
        return Answer.problem(new Problem(
                RejectionStatus.of(code),
                code.name(),
                result.getMessage().orElse("The request was turned down"),
                result.getField().flatMap(request.paths()::named),
                result.getRequestId(),
                Optional.of(result.getCommandId())));
    }

    private static Answer accepted(Command command) {
        String requestId = command.origin().requestId().orElseThrow();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("requestId", requestId);
        body.put("commandId", command.origin().commandId());
        body.put("status", "ACCEPTED");
        body.put("detail", "The request is safely in the log, but its result is not here yet." + REPEAT);
        return Answer.json(ACCEPTED, body).with("Location", RestPaths.request(command.customerId(), requestId));
    }

    private static Answer unavailable(CommandRequest request, String why) {
        return Problems.unavailable(why, request.command().origin().requestId());
    }

    private static Answer unreadable(CommandRequest request) {
        return Answer.problem(Problem.of(
                        ProblemCode.INTERNAL_ERROR, "The request was decided, but this gateway cannot read the result.")
                .about(
                        request.command().origin().requestId(),
                        Optional.of(request.command().origin().commandId())));
    }
}
