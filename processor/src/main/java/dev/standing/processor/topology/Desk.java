package dev.standing.processor.topology;

import dev.standing.avro.Customer;
import dev.standing.avro.store.RememberedRequest;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.RequestKey;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.mapping.UnknownSymbolException;
import dev.standing.processor.execution.CommandExecution;
import dev.standing.processor.execution.Effects;
import dev.standing.processor.execution.Execution;
import dev.standing.processor.execution.Execution.AwaitsExternalId;
import dev.standing.processor.intake.DeadLetterReason;
import dev.standing.processor.intake.ReceivedCommand;
import dev.standing.processor.metrics.ProcessorMetrics;
import dev.standing.processor.output.AnswerHeaders;
import dev.standing.processor.store.RequestStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about the customers of one task, keeps what follows, and sends it.
 *
 * <p>What can fail for one command or one customer alone (reading, deciding, encoding) is over before the first write.
 * After it, a failure ends the transaction: nothing catches it here, because a caught exception would roll nothing back.
 */
final class Desk {

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final CommandExecution execution;
    private final InstantSource clock;
    private final CustomerBooks books;
    private final RequestStore requests;
    private final Outbox outbox;
    private final ProcessorMetrics metrics;

    Desk(
            CommandExecution execution,
            InstantSource clock,
            CustomerBooks books,
            RequestStore requests,
            Outbox outbox,
            ProcessorMetrics metrics) {
        this.execution = execution;
        this.clock = clock;
        this.books = books;
        this.requests = requests;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /** What became of a command. */
    sealed interface Handled {

        /**
         * It is done with.
         *
         * @param registered whether its customer exists since then
         */
        record Done(boolean registered) implements Handled {}

        /** Nothing has happened: it has to wait until it is decided whose the externalId is. */
        record Awaits(String externalId) implements Handled {}
    }

    /** Whether the command could bring a customer into being that does not exist. */
    boolean couldRegister(Command command) {
        return execution.canRegister(command)
                && books.find(command.customerId()).isEmpty();
    }

    /** Whether the customer exists and has this externalId. */
    boolean hasExternalId(String customerId, String externalId) {
        return books.find(customerId)
                .flatMap(Customer::getExternalId)
                .filter(externalId::equals)
                .isPresent();
    }

    /** Decides a command, and answers it. */
    Handled decide(ReceivedCommand received, Command command, ClaimStatus claim) {
        Instant now = clock.instant();
        RequestKey key = RequestKey.of(command);
        Optional<Customer> customer = books.find(command.customerId());
        Optional<RememberedRequest> remembered = requests.find(key, now);
        Execution executed;
        try {
            executed =
                    execution.execute(customer, books.hierarchy(command.customerId()), remembered, command, claim, now);
        } catch (UnknownSymbolException e) {
            // A later version wrote the customer: its commands are for that version, and must not be thrown away here.
            throw e;
        } catch (RuntimeException e) {
            // Nothing has been written. A defect in one command must not stop all that come behind it.
            LOG.error(
                    "Command {} of customer {} cannot be processed",
                    command.origin().commandId(),
                    command.customerId(),
                    e);
            outbox.deadLetter(received, DeadLetterReason.PROCESSING_FAILED, e.toString());
            return new Handled.Done(false);
        }
        if (executed instanceof AwaitsExternalId awaits) {
            return new Handled.Awaits(awaits.externalId());
        }
        Effects effects = (Effects) executed;
        effects.toRemember().ifPresent(request -> requests.remember(key, request, now));
        effects.customer().ifPresent(books::keep);
        outbox.send(
                effects,
                AnswerHeaders.answering(received.headers(), command.origin().commandId()));
        effects.result()
                .ifPresent(result -> metrics.commandDecided(result, Instant.ofEpochMilli(received.timestamp())));
        return new Handled.Done(effects.registers());
    }

    /** What is due of a customer by now; empty if it does not exist. Nothing is written yet. */
    Optional<Effects> due(String customerId, Instant now) {
        return books.find(customerId).map(customer -> execution.settle(customer, now));
    }

    /** Keeps and sends what was due. */
    void settle(Effects effects) {
        effects.customer().ifPresent(books::keep);
        outbox.send(effects, AnswerHeaders.unasked());
    }
}
