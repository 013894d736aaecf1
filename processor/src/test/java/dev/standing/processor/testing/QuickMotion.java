package dev.standing.processor.testing;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RegisteredSubordinate;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.domain.testing.CommandSequences;
import dev.standing.domain.testing.CommandSequences.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Random commands of many customers in quick motion: half an hour of a sequence lasts {@link #HALF_HOUR}. What is planned
 * falls due within seconds; for every other customer on the same beat, together with what is planned for others and with
 * commands that arrive.
 */
public final class QuickMotion {

    /** How long half an hour lasts, the least by which times of a sequence differ. */
    public static final Duration HALF_HOUR = Duration.ofMillis(1_500);

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int LENGTH = 30;

    private static final Instruction REGISTRATION =
            new RegisterCustomer(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    private static final SubordinateRef ACCOUNT = new SubordinateRef(SubordinateType.ACCOUNT, "a-1");
    private static final Instruction ACCOUNTS = new RegisterSubordinates(List.of(
            new RegisteredSubordinate(ACCOUNT, Optional.empty(), CustomerState.ACTIVE, Optional.empty()),
            new RegisteredSubordinate(
                    new SubordinateRef(SubordinateType.ACCOUNT, "a-2"),
                    Optional.of(ACCOUNT),
                    CustomerState.ACTIVE,
                    Optional.empty())));

    private final Instant begin;

    private QuickMotion(Instant begin) {
        this.begin = begin;
    }

    /**
     * A command.
     *
     * @param at when it is to be sent
     */
    public record Timed(Instant at, Command command) {}

    /**
     * The commands, in the order in which they are to be sent. Each customer's begin with its registration
     * and that of two accounts.
     *
     * @param begin when the first ones are to be sent
     * @param duration how long commands are sent
     */
    public static List<Timed> commands(Random random, int customers, Instant begin, Duration duration) {
        List<Timed> all = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            Duration late = i % 2 == 0 ? Duration.ZERO : Duration.ofMillis(random.nextInt((int) HALF_HOUR.toMillis()));
            all.addAll(new QuickMotion(begin.plus(late)).commands("c-" + i, random.nextLong()));
        }
        Instant end = begin.plus(duration);
        return all.stream()
                .filter(timed -> timed.at().isBefore(end))
                .sorted(Comparator.comparing(Timed::at))
                .toList();
    }

    private List<Timed> commands(String customerId, long seed) {
        List<Timed> commands = new ArrayList<>();
        commands.add(new Timed(begin, command(customerId, "registration", REGISTRATION)));
        commands.add(new Timed(begin, command(customerId, "accounts", ACCOUNTS)));
        Instant clock = START;
        for (Step step : new CommandSequences(List.of(customerId), START, false)
                .withSubordinates()
                .steps(seed, LENGTH)) {
            clock = clock.plus(step.advance());
            commands.add(new Timed(quick(clock), quick(step.command())));
        }
        return commands;
    }

    private static Command command(String customerId, String requestId, Instruction instruction) {
        return new Command(
                customerId,
                new Origin(customerId + "/" + requestId, Optional.of(requestId), "test"),
                OptionalLong.empty(),
                Optional.empty(),
                instruction);
    }

    /** Ids of commands are to be unique among all customers. */
    private Command quick(Command command) {
        Origin origin = command.origin();
        return new Command(
                command.customerId(),
                new Origin(command.customerId() + "/" + origin.commandId(), origin.requestId(), origin.source()),
                command.expectedVersion(),
                command.customerExternalId(),
                quick(command.instruction()));
    }

    /** Subordinates, who seldom follow in a sequence, mostly do here. */
    private Instruction quick(Instruction instruction) {
        if (instruction instanceof RegisterCustomer registration) {
            return new RegisterCustomer(
                    registration.externalId(),
                    registration.state(),
                    registration.reason(),
                    registration.validFrom().map(this::quick),
                    registration.attributes());
        }
        if (instruction instanceof ChangeState change) {
            return new ChangeState(
                    change.state(),
                    change.reason(),
                    change.validFrom().map(this::quick),
                    !change.subordinateUpdated(),
                    change.notes());
        }
        if (instruction instanceof ProposeChange proposal) {
            return new ProposeChange(
                    proposal.state(),
                    proposal.reason(),
                    quick(proposal.validFrom()),
                    !proposal.subordinateUpdated(),
                    proposal.notes());
        }
        if (instruction instanceof ConfirmChange confirmation) {
            return new ConfirmChange(
                    confirmation.state(),
                    confirmation.reason(),
                    confirmation.validFrom().map(this::quick),
                    confirmation.subordinateUpdated(),
                    confirmation.notes());
        }
        return instruction;
    }

    private Instant quick(Instant instant) {
        long halfHours = Duration.between(START, instant).dividedBy(Duration.ofMinutes(30));
        return begin.plus(HALF_HOUR.multipliedBy(halfHours));
    }
}
