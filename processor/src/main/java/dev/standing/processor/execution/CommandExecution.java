package dev.standing.processor.execution;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.Sha256;
import dev.standing.avro.store.RememberedRequest;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandContent;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.domain.decision.Decider;
import dev.standing.domain.decision.Decision;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Outcome;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.EventChain.Link;
import dev.standing.mapping.ResultMapping;
import dev.standing.processor.output.OutgoingRecord;
import dev.standing.processor.output.OutputEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides a command and encodes what follows, without any input or output: {@code semantics.md} section 4 with the
 * records around it. Safe for use by many threads.
 */
public final class CommandExecution {

    private final Decider decider;
    private final OutputEncoder encoder;
    private final EventChain chain = new EventChain();

    /** Decides with the decider, and encodes with the encoder. */
    public CommandExecution(Decider decider, OutputEncoder encoder) {
        this.decider = decider;
        this.encoder = encoder;
    }

    /**
     * What follows from a command.
     *
     * @param customer the customer as it is kept; empty if it was never registered
     * @param remembered what is remembered under the command's request key
     */
    public Effects execute(
            Optional<Customer> customer, Optional<RememberedRequest> remembered, Command command, Instant clock) {
        Decision decision = decider.decide(
                customer.map(CustomerMapping::toDomain),
                remembered.map(CommandExecution::remembered),
                command,
                ClaimStatus.GRANTED,
                clock);
        return decision instanceof Decided decided
                ? decided(customer, command, decided)
                : replayed(remembered.orElseThrow().getResult(), command, clock);
    }

    private Effects decided(Optional<Customer> before, Command command, Decided decided) {
        Outcome outcome = decided.outcome();
        List<Link> links = chain.extend(before.map(Customer::getLastEventHash), decided.events());
        Optional<Customer> after = links.isEmpty()
                ? before
                : outcome.customer().map(customer -> CustomerMapping.toAvro(customer, head(links)));
        CommandResult result = ResultMapping.toAvro(command, outcome, after);

        List<OutgoingRecord> records = new ArrayList<>();
        links.forEach(link -> records.add(encoder.event(link)));
        Optional<Customer> changed = links.isEmpty() ? Optional.empty() : after;
        changed.ifPresent(customer -> records.add(encoder.customer(customer)));
        records.add(encoder.result(result, command.origin().commandId()));

        Optional<RememberedRequest> toRemember = decided.remembered()
                ? Optional.of(new RememberedRequest(new Sha256(CommandContent.digest(command)), result))
                : Optional.empty();
        return new Effects(changed, toRemember, records, result, outcome.decidedAt());
    }

    private Effects replayed(CommandResult original, Command command, Instant clock) {
        CommandResult result = ResultMapping.replayed(original);
        return new Effects(
                Optional.empty(),
                Optional.empty(),
                List.of(encoder.result(result, command.origin().commandId())),
                result,
                clock);
    }

    private static Sha256 head(List<Link> links) {
        return links.get(links.size() - 1).hash();
    }

    private static dev.standing.domain.decision.RememberedRequest remembered(RememberedRequest request) {
        return new dev.standing.domain.decision.RememberedRequest(
                request.getContentHash().bytes(), request.getResult().getDecidedAt());
    }
}
