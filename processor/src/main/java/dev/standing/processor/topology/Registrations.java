package dev.standing.processor.topology;

import dev.standing.avro.RegisterCustomer;
import dev.standing.avro.internal.ClaimAction;
import dev.standing.avro.internal.ClaimAnswer;
import dev.standing.avro.internal.ClaimOutcome;
import dev.standing.avro.internal.ClaimRequest;
import dev.standing.avro.internal.WaitingCommand;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandValidation;
import dev.standing.domain.command.RequestKey;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.mapping.CommandMapping;
import dev.standing.processor.intake.ReceivedCommand;
import dev.standing.processor.output.AnswerHeaders;
import dev.standing.processor.output.OutputEncoder;
import dev.standing.processor.store.WaitingCommands;
import dev.standing.processor.topology.Desk.Handled;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registrations of one task that name an externalId ({@code semantics.md} section 2): each is decided only when it is
 * decided whose the externalId is. Meanwhile its customer does not exist, and all else that could bring it into being
 * waits behind it, so that one customer claims one externalId at a time. For the first in the line an answer is always
 * on its way: that of the claim, or NEXT, which is sent by whoever took the one before it out.
 */
final class Registrations {

    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    /** How many commands of a line are decided in one go. */
    private static final int MOST_AT_ONCE = 100;

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
        Optional<WaitingCommand> first = joinsLine(command) ? waiting.first(command.customerId()) : Optional.empty();
        if (first.isPresent()) {
            waiting.add(waiting(received, command));
            if (isSameRequest(first.get(), command)) {
                // Whoever asks again is unsure. The first may ask again, too: a second answer does no harm.
                tell(ClaimOutcome.NEXT, first.get());
            }
            return;
        }
        if (desk.decide(received, command, ClaimStatus.UNDECIDED) instanceof Handled.Awaits) {
            WaitingCommand registration = waiting(received, command);
            waiting.add(registration);
            ask(ClaimAction.CLAIM, registration);
        }
    }

    /** What is malformed is turned down at once: it could be of any size, and would change nothing. */
    private boolean joinsLine(Command command) {
        return desk.couldRegister(command) && CommandValidation.content(command).isEmpty();
    }

    private static boolean isSameRequest(WaitingCommand first, Command command) {
        return RequestKey.of(CommandMapping.toDomain(first.getCommand())).equals(RequestKey.of(command));
    }

    /** Decides the registration that waited for this answer, if one does, and what waited behind it. */
    void answered(ClaimAnswer answer) {
        Optional<WaitingCommand> first = waiting.first(answer.getCustomerId()).filter(line -> isFor(answer, line));
        switch (answer.getOutcome()) {
            case GRANTED ->
                first.ifPresentOrElse(
                        registration -> decided(registration, ClaimStatus.GRANTED), () -> surplus(answer));
            case REFUSED -> first.ifPresent(registration -> decided(registration, ClaimStatus.REFUSED));
            case NEXT -> decideLine(first);
            case UNKNOWN -> LOG.warn("A claim of customer {} was answered by a later version", answer.getCustomerId());
        }
    }

    /** An answer about an externalId is for a registration that names it; NEXT is for whoever is first. */
    private static boolean isFor(ClaimAnswer answer, WaitingCommand first) {
        boolean isSameCommand = first.getCommand().getCommandId().equals(answer.getCommandId());
        boolean isAboutItsExternalId =
                answer.getExternalId().isPresent() && answer.getExternalId().equals(externalId(first));
        return isSameCommand && (answer.getOutcome() == ClaimOutcome.NEXT || isAboutItsExternalId);
    }

    private void decided(WaitingCommand registration, ClaimStatus claim) {
        Handled handled = decide(registration, claim);
        waiting.remove(registration);
        boolean registered = handled instanceof Handled.Done done && done.registered();
        if (claim == ClaimStatus.GRANTED && !registered) {
            ask(ClaimAction.RELEASE, registration);
        }
        decideLine(waiting.behind(registration));
    }

    /** What was granted to nobody who waits, and is not its customer's either, is nobody's. */
    private void surplus(ClaimAnswer answer) {
        answer.getExternalId()
                .filter(externalId -> !desk.hasExternalId(answer.getCustomerId(), externalId))
                .map(externalId -> new ClaimRequest(
                        ClaimAction.RELEASE, externalId, answer.getCustomerId(), answer.getCommandId()))
                .ifPresent(release -> outbox.send(encoder.request(release), AnswerHeaders.unasked(), clock.instant()));
    }

    /**
     * Decides what waits for no answer any more, up to the next registration that has to wait for one. A long line is
     * decided bit by bit: all of it would not fit into a transaction.
     */
    private void decideLine(Optional<WaitingCommand> first) {
        Optional<WaitingCommand> next = first;
        for (int decided = 0; next.isPresent(); decided++) {
            if (decided == MOST_AT_ONCE) {
                tell(ClaimOutcome.NEXT, next.get());
                return;
            }
            if (decide(next.get(), ClaimStatus.UNDECIDED) instanceof Handled.Awaits) {
                ask(ClaimAction.CLAIM, next.get());
                return;
            }
            waiting.remove(next.get());
            next = waiting.behind(next.get());
        }
    }

    private Handled decide(WaitingCommand command, ClaimStatus claim) {
        return desk.decide(
                ReceivedCommand.of(command.getReceived()), CommandMapping.toDomain(command.getCommand()), claim);
    }

    private void ask(ClaimAction action, WaitingCommand registration) {
        ClaimRequest request = new ClaimRequest(
                action,
                externalId(registration).orElseThrow(),
                registration.getCommand().getCustomerId(),
                registration.getCommand().getCommandId());
        outbox.send(encoder.request(request), headers(registration), clock.instant());
    }

    private void tell(ClaimOutcome outcome, WaitingCommand first) {
        ClaimAnswer answer = new ClaimAnswer(
                outcome, first.getCommand().getCustomerId(), first.getCommand().getCommandId(), null);
        outbox.send(encoder.answer(answer), headers(first), clock.instant());
    }

    private static Optional<String> externalId(WaitingCommand waiting) {
        return waiting.getCommand().getRegisterCustomer().flatMap(RegisterCustomer::getExternalId);
    }

    private static AnswerHeaders headers(WaitingCommand waiting) {
        return AnswerHeaders.answering(
                ReceivedCommand.of(waiting.getReceived()).headers(),
                waiting.getCommand().getCommandId());
    }

    private static WaitingCommand waiting(ReceivedCommand received, Command command) {
        return new WaitingCommand(CommandMapping.toAvro(command), received.toAvro());
    }
}
