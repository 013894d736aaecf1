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
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.decision.Settlement.DueTime;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.policy.Policy;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.EventChain.Link;
import dev.standing.mapping.ResultMapping;
import dev.standing.processor.execution.Effects.ChangedCustomer;
import dev.standing.processor.output.OutgoingRecord;
import dev.standing.processor.output.OutputEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides a command, or settles what is due, and encodes what follows, without any input or output: {@code semantics.md}
 * section 4 with the records around it. Safe for use by many threads.
 */
public final class CommandExecution {

    private final Decider decider;
    private final Settlement settlement;
    private final OutputEncoder encoder;
    private final EventChain chain = new EventChain();

    /** Decides under the policy, and encodes with the encoder. */
    public CommandExecution(Policy policy, OutputEncoder encoder) {
        this.decider = new Decider(policy);
        this.settlement = new Settlement(policy);
        this.encoder = encoder;
    }

    /** As {@link Decider#canRegister}. */
    public boolean canRegister(Command command) {
        return decider.canRegister(command);
    }

    /**
     * What follows from a command.
     *
     * @param customer the customer as it is kept; empty if it was never registered
     * @param remembered what is remembered under the command's request key
     * @param claim whether the externalId that a registration names is its customer's
     */
    public Execution execute(
            Optional<Customer> customer,
            Optional<RememberedRequest> remembered,
            Command command,
            ClaimStatus claim,
            Instant clock) {
        Optional<dev.standing.domain.customer.Customer> before = customer.map(CustomerMapping::toDomain);
        Decision decision = decider.decide(
                before, Hierarchy.empty(), remembered.map(CommandExecution::remembered), command, claim, clock);
        if (decision instanceof Decision.AwaitsExternalId awaits) {
            return new Execution.AwaitsExternalId(awaits.externalId());
        }
        return decision instanceof Decided decided
                ? decided(customer, before, command, decided)
                : replayed(remembered.orElseThrow().getResult(), command, clock);
    }

    /**
     * What follows from the passing of time; no records, if nothing does.
     *
     * @param customer the customer as it is kept
     */
    public Effects settle(Customer customer, Instant clock) {
        dev.standing.domain.customer.Customer before = CustomerMapping.toDomain(customer);
        List<Event> events = settlement.settle(before, clock);
        List<OutgoingRecord> records = new ArrayList<>();
        Optional<ChangedCustomer> changed = changed(
                Optional.of(customer),
                Optional.of(before),
                CustomerEvolution.evolve(Optional.of(before), events),
                events,
                records);
        Instant recordedAt = events.isEmpty() ? clock : events.get(0).recordedAt();
        return new Effects(changed, Optional.empty(), records, false, recordedAt);
    }

    /** The times at which something of a customer is to be settled. */
    public List<DueTime> dueTimes(Customer customer) {
        return settlement.dueTimes(CustomerMapping.toDomain(customer));
    }

    /** As {@link Settlement#rulesOfDueTimes}. */
    public String rulesOfDueTimes() {
        return settlement.rulesOfDueTimes();
    }

    private Effects decided(
            Optional<Customer> kept,
            Optional<dev.standing.domain.customer.Customer> before,
            Command command,
            Decided decided) {
        Outcome outcome = decided.outcome();
        List<OutgoingRecord> records = new ArrayList<>();
        Optional<ChangedCustomer> changed = changed(kept, before, outcome.customer(), decided.events(), records);
        Optional<Customer> after = changed.map(ChangedCustomer::customer).or(() -> kept);
        CommandResult result = ResultMapping.toAvro(command, outcome, after);
        records.add(encoder.result(result, command.origin().commandId()));

        Optional<RememberedRequest> toRemember = decided.remembered()
                ? Optional.of(new RememberedRequest(new Sha256(CommandContent.digest(command)), result))
                : Optional.empty();
        boolean registers = before.isEmpty() && changed.isPresent();
        return new Effects(changed, toRemember, records, registers, outcome.decidedAt());
    }

    /** The customer after the events, of which a record is made for each, and one of the customer. */
    private Optional<ChangedCustomer> changed(
            Optional<Customer> kept,
            Optional<dev.standing.domain.customer.Customer> before,
            Optional<dev.standing.domain.customer.Customer> after,
            List<Event> events,
            List<OutgoingRecord> records) {
        if (events.isEmpty()) {
            return Optional.empty();
        }
        List<Link> links = chain.extend(kept.map(Customer::getLastEventHash), events);
        links.forEach(link -> records.add(encoder.event(link)));
        dev.standing.domain.customer.Customer evolved = after.orElseThrow();
        Customer customer =
                CustomerMapping.toAvro(evolved, links.get(links.size() - 1).hash());
        records.add(encoder.customer(customer));
        DueTimes dueTimes = DueTimes.between(settlement, before, evolved);
        return Optional.of(new ChangedCustomer(customer, dueTimes));
    }

    private Effects replayed(CommandResult original, Command command, Instant clock) {
        CommandResult result = ResultMapping.replayed(original);
        return new Effects(
                Optional.empty(),
                Optional.empty(),
                List.of(encoder.result(result, command.origin().commandId())),
                false,
                clock);
    }

    private static dev.standing.domain.decision.RememberedRequest remembered(RememberedRequest request) {
        return new dev.standing.domain.decision.RememberedRequest(
                request.getContentHash().bytes(), request.getResult().getDecidedAt());
    }
}
