package dev.standing.domain.decision;

import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandContent;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RegisteredSubordinate;
import dev.standing.domain.command.Instruction.RemoveSubordinate;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.command.RequestKey;
import dev.standing.domain.customer.Customer;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact;
import dev.standing.domain.event.HierarchyEvolution;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.domain.testing.HierarchyModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The life of one customer under a policy, told by commands: what a processor would do, without one. */
public final class Story {

    public static final String CUSTOMER = "c-1";
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final Policy DEFAULT = PolicyFile.packagedDefault();

    private Decider decider;
    private Settlement settlement;
    private final Map<RequestKey, RememberedRequest> remembered = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final HierarchyModel hierarchy = new HierarchyModel();
    private Optional<Customer> customer = Optional.empty();
    private Instant clock = NOON;
    private int commands;

    private Story(Policy policy) {
        this.decider = new Decider(policy);
        this.settlement = new Settlement(policy);
    }

    public static Story underDefault() {
        return under(DEFAULT);
    }

    public static Story under(Policy policy) {
        return new Story(policy);
    }

    public Story registered() {
        return registered(CustomerState.ACTIVE, "dfltActive");
    }

    public Story registered(CustomerState state, String reason) {
        Decided decided = decided(registration(Optional.of(state), Optional.of(reason), Optional.empty()));
        if (decided.outcome().status() != OutcomeStatus.REGISTERED) {
            throw new IllegalStateException("Not registered: " + decided.outcome());
        }
        return this;
    }

    public Story later(Duration duration) {
        clock = clock.plus(duration);
        return this;
    }

    public Story at(Instant instant) {
        clock = instant;
        return this;
    }

    /** The processor was started again with another policy. */
    public Story nowUnder(Policy policy) {
        decider = new Decider(policy);
        settlement = new Settlement(policy);
        return this;
    }

    /** Decides what has to be accepted. */
    public Story given(Instruction instruction) {
        Outcome outcome = outcome(instruction);
        if (outcome.status() == OutcomeStatus.REJECTED) {
            throw new IllegalStateException("Not accepted: " + outcome);
        }
        return this;
    }

    public Instant clock() {
        return clock;
    }

    public Customer customer() {
        return customer.orElseThrow();
    }

    public Optional<Customer> found() {
        return customer;
    }

    public HierarchyModel hierarchy() {
        return hierarchy;
    }

    public List<Event> events() {
        return events;
    }

    public List<Fact> facts() {
        return events.stream().map(Event::fact).toList();
    }

    public Event lastEvent() {
        return events.get(events.size() - 1);
    }

    /** What has happened since the event of this sequence. */
    public List<Fact> factsAfter(long sequence) {
        return facts().subList((int) sequence, events.size());
    }

    public Decided decided(Instruction instruction) {
        return decided(command(instruction));
    }

    public Decided decided(Command command) {
        return (Decided) decide(command);
    }

    public Outcome outcome(Instruction instruction) {
        return decided(instruction).outcome();
    }

    public Outcome outcome(Command command) {
        return decided(command).outcome();
    }

    public OutcomeStatus status(Instruction instruction) {
        return outcome(instruction).status();
    }

    /** The code of a rejection, which has to follow. */
    public RejectionCode rejection(Instruction instruction) {
        return outcome(instruction).rejection().orElseThrow().code();
    }

    /** What punctuation does. */
    public List<Event> settle() {
        List<Event> settled = settlement.settle(customer(), clock);
        events.addAll(settled);
        customer = CustomerEvolution.evolve(customer, settled);
        return settled;
    }

    /** What is not decided, but follows from what was, such as the end of a cascade. */
    public Story recorded(Origin origin, Fact fact) {
        Event last = lastEvent();
        Event event =
                new Event(CUSTOMER, last.sequence() + 1, customer().recordedAt(), origin, last.policyVersion(), fact);
        events.add(event);
        customer = Optional.of(CustomerEvolution.evolve(customer, event));
        return this;
    }

    public Decision decide(Command command) {
        return decide(command, ClaimStatus.UNDECIDED);
    }

    public Decision decide(Command command, ClaimStatus claim) {
        RequestKey key = RequestKey.of(command);
        Decision decision =
                decider.decide(customer, hierarchy, Optional.ofNullable(remembered.get(key)), command, claim, clock);
        if (decision instanceof Decided decided) {
            events.addAll(decided.events());
            hierarchy.apply(HierarchyEvolution.evolve(hierarchy, decided.events()));
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

    public Command command(Instruction instruction) {
        return command("r-" + ++commands, OptionalLong.empty(), instruction);
    }

    public Command command(String requestId, Instruction instruction) {
        return command(requestId, OptionalLong.empty(), instruction);
    }

    public Command command(String requestId, OptionalLong expectedVersion, Instruction instruction) {
        Origin origin = new Origin("cmd-" + ++commands, Optional.of(requestId), "crm");
        return new Command(CUSTOMER, origin, expectedVersion, Optional.empty(), instruction);
    }

    public static RegisterCustomer registration() {
        return registration(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static RegisterCustomer registration(
            Optional<CustomerState> state, Optional<String> reason, Optional<Instant> validFrom) {
        return new RegisterCustomer(Optional.empty(), state, reason, validFrom, Map.of());
    }

    public static ChangeState change(CustomerState state, String reason) {
        return new ChangeState(state, new ReasonChoice.Named(reason), Optional.empty(), false, Optional.empty());
    }

    public static ChangeState change(CustomerState state, String reason, Instant validFrom) {
        return new ChangeState(state, new ReasonChoice.Named(reason), Optional.of(validFrom), false, Optional.empty());
    }

    public static ChangeState changeWithDefaultReason(CustomerState state) {
        return new ChangeState(state, new ReasonChoice.PolicyDefault(), Optional.empty(), false, Optional.empty());
    }

    public static ProposeChange propose(CustomerState state, String reason, Instant validFrom) {
        return new ProposeChange(state, new ReasonChoice.Named(reason), validFrom, false, Optional.empty());
    }

    public static ConfirmChange confirm(CustomerState state, String reason) {
        return confirmation(state, reason, Optional.empty());
    }

    public static ConfirmChange confirm(CustomerState state, String reason, Instant validFrom) {
        return confirmation(state, reason, Optional.of(validFrom));
    }

    private static ConfirmChange confirmation(CustomerState state, String reason, Optional<Instant> validFrom) {
        return new ConfirmChange(state, new ReasonChoice.Named(reason), validFrom, Optional.empty(), Optional.empty());
    }

    public static CancelChange cancel(CustomerState state, String reason) {
        return new CancelChange(new ChangeSelection.ByState(state, new ReasonChoice.Named(reason)), Optional.empty());
    }

    public static CancelChange cancel(String changeId) {
        return new CancelChange(new ChangeSelection.ById(changeId), Optional.empty());
    }

    public static SubordinateRef account(String id) {
        return new SubordinateRef(SubordinateType.ACCOUNT, id);
    }

    public static SubordinateRef subscriber(String id) {
        return new SubordinateRef(SubordinateType.SUBSCRIBER, id);
    }

    public static SubordinateRef subscription(String id) {
        return new SubordinateRef(SubordinateType.SUBSCRIPTION, id);
    }

    /** Active, and directly beneath the customer. */
    public static RegisteredSubordinate item(SubordinateRef ref) {
        return new RegisteredSubordinate(ref, Optional.empty(), CustomerState.ACTIVE, Optional.empty());
    }

    /** Active, and beneath the parent. */
    public static RegisteredSubordinate item(SubordinateRef ref, SubordinateRef parent) {
        return new RegisteredSubordinate(ref, Optional.of(parent), CustomerState.ACTIVE, Optional.empty());
    }

    public static RegisteredSubordinate in(CustomerState state, RegisteredSubordinate item) {
        return new RegisteredSubordinate(item.ref(), item.parent(), state, Optional.empty());
    }

    public static RegisteredSubordinate because(String reason, RegisteredSubordinate item) {
        return new RegisteredSubordinate(item.ref(), item.parent(), item.state(), Optional.of(reason));
    }

    public static RegisterSubordinates register(RegisteredSubordinate... items) {
        return new RegisterSubordinates(List.of(items));
    }

    public static RemoveSubordinate remove(SubordinateRef ref) {
        return new RemoveSubordinate(ref);
    }
}
