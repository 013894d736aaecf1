package dev.standing.domain.decision;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandContent;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.RequestKey;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The life of one customer under a policy, told by commands: what a processor would do, without one. */
final class Story {

    static final String CUSTOMER = "c-1";
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Decider decider;
    private final Settlement settlement;
    private final Map<RequestKey, RememberedRequest> remembered = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private Optional<Customer> customer = Optional.empty();
    private Instant clock = NOON;
    private int commands;

    private Story(Policy policy) {
        this.decider = new Decider(policy);
        this.settlement = new Settlement(policy);
    }

    static Story underDefault() {
        return under(PolicyFile.packagedDefault());
    }

    static Story under(Policy policy) {
        return new Story(policy);
    }

    Story registered() {
        return registered(CustomerState.ACTIVE, "dfltActive");
    }

    Story registered(CustomerState state, String reason) {
        Decided decided = decided(registration(Optional.of(state), Optional.of(reason), Optional.empty()));
        if (decided.outcome().status() != OutcomeStatus.REGISTERED) {
            throw new IllegalStateException("Not registered: " + decided.outcome());
        }
        return this;
    }

    Story later(Duration duration) {
        clock = clock.plus(duration);
        return this;
    }

    Instant clock() {
        return clock;
    }

    Customer customer() {
        return customer.orElseThrow();
    }

    Optional<Customer> found() {
        return customer;
    }

    List<Event> events() {
        return events;
    }

    List<Fact> facts() {
        return events.stream().map(Event::fact).toList();
    }

    Decided decided(Instruction instruction) {
        return decided(command(instruction));
    }

    Decided decided(Command command) {
        return (Decided) decide(command);
    }

    Outcome outcome(Instruction instruction) {
        return decided(instruction).outcome();
    }

    Outcome outcome(Command command) {
        return decided(command).outcome();
    }

    /** What punctuation does. */
    List<Event> settle() {
        List<Event> settled = settlement.settle(customer(), clock);
        events.addAll(settled);
        customer = CustomerEvolution.evolve(customer, settled);
        return settled;
    }

    Decision decide(Command command) {
        return decide(command, ClaimStatus.UNDECIDED);
    }

    Decision decide(Command command, ClaimStatus claim) {
        RequestKey key = RequestKey.of(command);
        Decision decision = decider.decide(customer, Optional.ofNullable(remembered.get(key)), command, claim, clock);
        if (decision instanceof Decided decided) {
            events.addAll(decided.events());
            customer = CustomerEvolution.evolve(customer, decided.events());
            if (decided.remembered()) {
                remembered.put(
                        key,
                        new RememberedRequest(
                                CommandContent.digest(command),
                                decided.outcome().decidedAt()));
            }
        }
        return decision;
    }

    Command command(Instruction instruction) {
        return command("r-" + ++commands, OptionalLong.empty(), instruction);
    }

    Command command(String requestId, Instruction instruction) {
        return command(requestId, OptionalLong.empty(), instruction);
    }

    Command command(String requestId, OptionalLong expectedVersion, Instruction instruction) {
        Origin origin = new Origin("cmd-" + ++commands, Optional.of(requestId), "crm");
        return new Command(CUSTOMER, origin, expectedVersion, Optional.empty(), instruction);
    }

    static RegisterCustomer registration() {
        return registration(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static RegisterCustomer registration(
            Optional<CustomerState> state, Optional<String> reason, Optional<Instant> validFrom) {
        return new RegisterCustomer(Optional.empty(), state, reason, validFrom, Map.of());
    }

    static ChangeState change(CustomerState state, String reason) {
        return new ChangeState(state, new ReasonChoice.Named(reason), Optional.empty(), false, Optional.empty());
    }

    static ChangeState change(CustomerState state, String reason, Instant validFrom) {
        return new ChangeState(state, new ReasonChoice.Named(reason), Optional.of(validFrom), false, Optional.empty());
    }

    static ChangeState changeWithDefaultReason(CustomerState state) {
        return new ChangeState(state, new ReasonChoice.PolicyDefault(), Optional.empty(), false, Optional.empty());
    }
}
