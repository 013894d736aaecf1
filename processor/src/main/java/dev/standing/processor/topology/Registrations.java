package dev.standing.processor.topology;

import dev.standing.avro.internal.ClaimAction;
import dev.standing.avro.internal.ClaimAnswer;
import dev.standing.avro.internal.ClaimRequest;
import dev.standing.avro.internal.WaitingCommand;
import dev.standing.domain.command.Command;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.mapping.CommandMapping;
import dev.standing.processor.intake.ReceivedCommand;
import dev.standing.processor.output.AnswerHeaders;
import dev.standing.processor.output.OutputEncoder;
import dev.standing.processor.store.WaitingCommands;
import dev.standing.processor.topology.Desk.Handled;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Registrations of one task that name an externalId ({@code semantics.md} section 2): each is decided only when it is
 * decided whose the externalId is. Meanwhile its customer does not exist, and all else that could bring it into being
 * waits behind it, so that one customer claims one externalId at a time. The first in the line is always one whose
 * claim is asked for.
 */
final class Registrations {

    private final Desk desk;
    private final WaitingCommands waiting;
    private final OutputEncoder encoder;
    private final Outbox outbox;
    private final InstantSource clock;

    Registrations(Desk desk, WaitingCommands waiting, OutputEncoder encoder, Outbox outbox, InstantSource clock) {
        this.desk = desk;
        this.waiting = waiting;
        this.encoder = encoder;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Decides a command now, or lets it wait. */
    void take(ReceivedCommand received, Command command) {
        Optional<WaitingCommand> first =
                desk.couldRegister(command) ? waiting.first(command.customerId()) : Optional.empty();
        if (first.isPresent()) {
            waiting.add(waiting(received, command));
            // A claim that was asked for twice is answered twice, and the second answer finds nobody who waits for it.
            claim(first.get());
            return;
        }
        if (desk.decide(received, command, ClaimStatus.UNDECIDED) instanceof Handled.Awaits) {
            WaitingCommand registration = waiting(received, command);
            waiting.add(registration);
            claim(registration);
        }
    }

    /** Decides the registration that waited for this answer, if one does, and what waited behind it. */
    void answered(ClaimAnswer answer) {
        Optional<WaitingCommand> first = waiting.first(answer.getCustomerId())
                .filter(registration -> registration.getCommand().getCommandId().equals(answer.getCommandId()));
        first.ifPresent(registration -> {
            Handled handled = decide(registration, answer.getGranted() ? ClaimStatus.GRANTED : ClaimStatus.REFUSED);
            waiting.remove(registration);
            boolean registered = handled instanceof Handled.Done done && done.registered();
            if (answer.getGranted() && !registered) {
                ask(ClaimAction.RELEASE, registration);
            }
            decideNext(answer.getCustomerId());
        });
    }

    /** Decides what waits for no answer any more, up to the next registration that has to wait for one. */
    private void decideNext(String customerId) {
        Optional<WaitingCommand> next = waiting.first(customerId);
        while (next.isPresent()) {
            if (decide(next.get(), ClaimStatus.UNDECIDED) instanceof Handled.Awaits) {
                claim(next.get());
                return;
            }
            waiting.remove(next.get());
            next = waiting.first(customerId);
        }
    }

    private Handled decide(WaitingCommand command, ClaimStatus claim) {
        return desk.decide(
                ReceivedCommand.of(command.getReceived()), CommandMapping.toDomain(command.getCommand()), claim);
    }

    private void claim(WaitingCommand registration) {
        ask(ClaimAction.CLAIM, registration);
    }

    private void ask(ClaimAction action, WaitingCommand registration) {
        String externalId = registration
                .getCommand()
                .getRegisterCustomer()
                .flatMap(dev.standing.avro.RegisterCustomer::getExternalId)
                .orElseThrow();
        ClaimRequest request = new ClaimRequest(
                action,
                externalId,
                registration.getCommand().getCustomerId(),
                registration.getCommand().getCommandId());
        outbox.send(
                encoder.request(request),
                AnswerHeaders.answering(
                        ReceivedCommand.of(registration.getReceived()).headers(), request.getCommandId()),
                clock.instant());
    }

    private static WaitingCommand waiting(ReceivedCommand received, Command command) {
        return new WaitingCommand(CommandMapping.toAvro(command), received.toAvro());
    }
}
