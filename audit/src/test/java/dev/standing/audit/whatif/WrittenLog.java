package dev.standing.audit.whatif;

import dev.standing.audit.log.LoggedCommand;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.LoggedResult;
import dev.standing.audit.log.Place;
import dev.standing.avro.Customer;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.domain.decision.Decider;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.event.Event;
import dev.standing.domain.policy.Policy;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.EventChain.Link;
import dev.standing.mapping.ResultMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A log of the one customer {@code c-1}, written command by command. */
final class WrittenLog {

    static final String CUSTOMER = "c-1";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final List<LoggedCommand> commands = new ArrayList<>();
    final List<LoggedResult> results = new ArrayList<>();
    final List<LoggedEvent> events = new ArrayList<>();

    private final Decider decider;
    private final Settlement settlement;
    private final EventChain chain = new EventChain();
    private Situation situation = Situation.NONE;
    private Optional<Customer> customer = Optional.empty();
    private Instant clock = START;

    WrittenLog(Policy policy) {
        this.decider = new Decider(policy);
        this.settlement = new Settlement(policy);
    }

    static Instant hours(long hours) {
        return START.plus(Duration.ofHours(hours));
    }

    /** The clock says that so many hours have passed since the start. */
    WrittenLog at(long hours) {
        clock = hours(hours);
        return this;
    }

    WrittenLog command(String commandId, Instruction instruction) {
        return command(commandId, OptionalLong.empty(), ClaimStatus.GRANTED, instruction);
    }

    WrittenLog command(String commandId, OptionalLong expectedVersion, ClaimStatus claim, Instruction instruction) {
        Command command = new Command(
                CUSTOMER,
                new Origin(commandId, Optional.of("request of " + commandId), "test"),
                expectedVersion,
                Optional.empty(),
                instruction);
        commands.add(new LoggedCommand(new Place(0, commands.size()), clock, command));
        Decided decided =
                (Decided) decider.decide(situation.customer(), situation, Optional.empty(), command, claim, clock);
        happen(decided.events());
        results.add(new LoggedResult(place(), commandId, ResultMapping.toAvro(command, decided.outcome(), customer)));
        return this;
    }

    /** The last command comes again. */
    WrittenLog repeated(String commandId) {
        LoggedCommand last = commands.get(commands.size() - 1);
        Command command = last.command();
        commands.add(new LoggedCommand(
                new Place(0, commands.size()),
                clock,
                new Command(
                        CUSTOMER,
                        new Origin(commandId, command.origin().requestId(), "test"),
                        command.expectedVersion(),
                        Optional.empty(),
                        command.instruction())));
        LoggedResult original = results.get(results.size() - 1);
        results.add(new LoggedResult(place(), commandId, ResultMapping.replayed(original.result())));
        return this;
    }

    private Place place() {
        return new Place(0, results.size());
    }

    WrittenLog settled() {
        happen(settlement.settle(situation.customer().orElseThrow(), clock));
        return this;
    }

    private void happen(List<Event> happened) {
        situation = situation.after(happened);
        for (Link link : chain.extend(customer.map(Customer::getLastEventHash), happened)) {
            events.add(new LoggedEvent(new Place(0, events.size()), link.event(), link.hash()));
            customer = Optional.of(CustomerMapping.toAvro(situation.customer().orElseThrow(), link.hash()));
        }
    }

    WhatIfReport under(Policy policy) {
        return new WhatIf(policy, 100).of(commands, results, events, true);
    }
}
