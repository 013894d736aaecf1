package dev.standing.gateway.rest;

import dev.standing.avro.CommandResult;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandField;
import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Preferences;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.query.ExternalIds;
import dev.standing.gateway.query.QueryFailure;
import dev.standing.gateway.reply.CommandChannel;
import dev.standing.gateway.reply.Delivery;
import dev.standing.gateway.reply.Reply;
import dev.standing.gateway.request.CommandRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where well-formed REST writes go: the customer is found, the command sent, and its result answered. */
final class CommandDesk {

    private final CommandChannel channel;
    private final ExternalIds externalIds;

    CommandDesk(CommandChannel channel, ExternalIds externalIds) {
        this.channel = channel;
        this.externalIds = externalIds;
    }

    /**
     * The answer to a request. One that names its customer by externalId is sent under the customerId that belongs to
     * it; if that cannot be found, nothing is sent.
     */
    CompletableFuture<Answer> answer(CommandRequest request, Request http) {
        Delivery delivery = new Delivery(http.traceparent(), http.preferences().patience());
        return answer(request, delivery).thenApply(answer -> preferred(answer, http.preferences()));
    }

    private CompletableFuture<Answer> answer(CommandRequest request, Delivery delivery) {
        Optional<String> externalId = request.command().customerExternalId();
        if (externalId.isEmpty()) {
            return send(request, delivery);
        }
        return externalIds
                .customerIdOf(externalId.get())
                .thenCompose(found -> found.fold(
                        customerId -> send(request.forCustomer(customerId), delivery),
                        failure -> CompletableFuture.completedFuture(notSent(request, failure))));
    }

    private CompletableFuture<Answer> send(CommandRequest request, Delivery delivery) {
        return channel.ask(request.command(), delivery).thenApply(reply -> {
            learn(request.command(), reply);
            return RestAnswers.of(request, reply);
        });
    }

    /** Only an answer that came before the result tells of what the client preferred. */
    private static Answer preferred(Answer answer, Preferences preferences) {
        Optional<String> applied = preferences.applied().filter(names -> answer.status() == RestAnswers.ACCEPTED);
        return applied.map(names -> answer.with(Preferences.APPLIED, names)).orElse(answer);
    }

    private static Answer notSent(CommandRequest request, QueryFailure failure) {
        Optional<String> requestId = request.command().origin().requestId();
        if (failure instanceof QueryFailure.Unavailable unavailable) {
            return Problems.unavailable(unavailable.why() + " Nothing was recorded.", requestId);
        }
        String customer = request.paths().of(CommandField.CUSTOMER_EXTERNAL_ID).orElseThrow();
        // The name of the query's parameter means nothing to who sent a body.
        QueryFailure blamed = failure instanceof QueryFailure.Refused refused
                ? new QueryFailure.Refused(Optional.of(customer), refused.detail())
                : failure;
        return Problems.unanswered(blamed, customer, requestId);
    }

    /** Whoever registered a customer may name it by its externalId at once, however far a processor's index is. */
    private void learn(Command command, Reply reply) {
        if (reply instanceof Reply.Decided decided && decided.result().getStatus() != ResultStatus.REJECTED) {
            CommandResult result = decided.result();
            result.getCustomer()
                    .flatMap(customer -> customer.getExternalId())
                    .ifPresent(externalId -> externalIds.keep(externalId, command.customerId()));
        }
    }
}
