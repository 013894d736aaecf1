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
import dev.standing.domain.event.Event;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.policy.Policy;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.ResultMapping;
import dev.standing.processor.execution.Effects.ChangedCustomer;
import dev.standing.processor.execution.EventRecording.Recorded;
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
    private final EventRecording recording;
    private final OutputEncoder encoder;

    /** Decides under the policy, and encodes with the encoder. */
    public CommandExecution(Policy policy, OutputEncoder encoder) {
        this.decider = new Decider(policy);
        this.settlement = new Settlement(policy);
        this.recording = new EventRecording(settlement, encoder);
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
     * @param hierarchy the customer's subordinates as they are kept
     * @param remembered what is remembered under the command's request key
     * @param claim whether the externalId that a registration names is its customer's
     */
    public Execution execute(
            Optional<Customer> customer,
            Hierarchy hierarchy,
            Optional<RememberedRequest> remembered,
            Command command,
            ClaimStatus claim,
            Instant clock) {
        Optional<dev.standing.domain.customer.Customer> before = customer.map(CustomerMapping::toDomain);
        Decision decision =
                decider.decide(before, hierarchy, remembered.map(CommandExecution::remembered), command, claim, clock);
        if (decision instanceof Decision.AwaitsExternalId awaits) {
            return new Execution.AwaitsExternalId(awaits.externalId());
        }
        return decision instanceof Decided decided
                ? decided(customer, hierarchy, command, decided)
                : replayed(remembered.orElseThrow().getResult(), command, clock);
    }

    /**
     * What follows from the passing of time; no records, if nothing does.
     *
     * @param customer the customer as it is kept
     */
    public Effects settle(Customer customer, Instant clock) {
        List<Event> events = settlement.settle(CustomerMapping.toDomain(customer), clock);
        return recording
                .record(Optional.of(customer), Hierarchy.empty(), events)
                .map(recorded -> Effects.unasked(
                        recorded.customer(), recorded.records(), events.get(0).recordedAt()))
                .orElseGet(() -> Effects.none(clock));
    }

    /** The times at which something of a customer is to be settled. */
    public List<DueTime> dueTimes(Customer customer) {
        return settlement.dueTimes(CustomerMapping.toDomain(customer));
    }

    /** As {@link Settlement#rulesOfDueTimes}. */
    public String rulesOfDueTimes() {
        return settlement.rulesOfDueTimes();
    }

    private Effects decided(Optional<Customer> kept, Hierarchy hierarchy, Command command, Decided decided) {
        Outcome outcome = decided.outcome();
        Optional<Recorded> recorded = recording.record(kept, hierarchy, decided.events());
        Optional<ChangedCustomer> changed = recorded.map(Recorded::customer);
        Optional<Customer> after = changed.map(ChangedCustomer::customer).or(() -> kept);
        CommandResult result = ResultMapping.toAvro(command, outcome, after);
        List<OutgoingRecord> records =
                new ArrayList<>(recorded.map(Recorded::records).orElse(List.of()));
        records.add(encoder.result(result, command.origin().commandId()));

        Optional<RememberedRequest> toRemember = decided.remembered()
                ? Optional.of(new RememberedRequest(new Sha256(CommandContent.digest(command)), result))
                : Optional.empty();
        boolean registers = kept.isEmpty() && changed.isPresent();
        return new Effects(changed, toRemember, records, Optional.of(result), registers, outcome.decidedAt());
    }

    private Effects replayed(CommandResult original, Command command, Instant clock) {
        CommandResult result = ResultMapping.replayed(original);
        return new Effects(
                Optional.empty(),
                Optional.empty(),
                List.of(encoder.result(result, command.origin().commandId())),
                Optional.of(result),
                false,
                clock);
    }

    private static dev.standing.domain.decision.RememberedRequest remembered(RememberedRequest request) {
        return new dev.standing.domain.decision.RememberedRequest(
                request.getContentHash().bytes(), request.getResult().getDecidedAt());
    }
}
