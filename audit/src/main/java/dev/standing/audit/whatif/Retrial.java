package dev.standing.audit.whatif;

import dev.standing.audit.log.LoggedCommand;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.LoggedResult;
import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.RejectionCode;
import dev.standing.avro.ResultStatus;
import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandValidation;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.domain.decision.Decider;
import dev.standing.domain.decision.Decision;
import dev.standing.domain.decision.Decision.AwaitsExternalId;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Outcome;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.event.Event;
import dev.standing.domain.policy.Policy;
import dev.standing.mapping.EventMapping;
import dev.standing.mapping.UnknownSymbolException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Decides the commands of one partition again, in the order in which they were decided, under another policy. For one
 * thread.
 *
 * <p>It begins with what the events before a customer's first command made of it, takes the time of each decision from its
 * result, and settles when the record says that something was settled: then, and in each decision, all that would have
 * been due is settled. Nothing is settled after the last such moment of a customer, so that under the policy that was in
 * force nothing differs.
 *
 * <p>Taken as recorded: whether a request had been seen before ({@code idempotencyRetention} of the other policy is not
 * tried; a repeated request is answered as its original would have been), whose an externalId was, and whether the version
 * that a command expected was the latest. A change that a command names by its id is the one that the same command would
 * have planned.
 */
final class Retrial implements AutoCloseable {

    /** A version that no customer has. */
    private static final long NO_VERSION = Long.MIN_VALUE;

    private final Decider decider;
    private final Settlement settlement;
    private final CommandIndex commands;
    private final Iterator<LoggedEvent> events;
    private final TwoWaysTable customers;
    private final Findings findings;

    /**
     * Of one partition.
     *
     * @param commands those that are decided again
     * @param events from the customers' first on
     * @param mostInMemory how many customers are kept in memory; at least 1
     */
    Retrial(Policy policy, CommandIndex commands, Iterator<LoggedEvent> events, Findings findings, int mostInMemory) {
        this.decider = new Decider(policy);
        this.settlement = new Settlement(policy);
        this.commands = commands;
        this.events = events;
        this.customers = new TwoWaysTable(this::settled, mostInMemory);
        this.findings = findings;
    }

    /**
     * Decides again.
     *
     * @param results from the first on; those of other commands are passed over
     * @param toTheEnd whether all events after the last of the commands are taken into account, too
     */
    void run(Iterator<LoggedResult> results, boolean toTheEnd) {
        while (results.hasNext() && (toTheEnd || !commands.isEmpty())) {
            LoggedResult result = results.next();
            commands.take(result.result().getCustomerId(), result.commandId())
                    .ifPresent(command -> again(command, result));
        }
        while (toTheEnd && events.hasNext()) {
            pass(events.next());
        }
        commands.forEach(findings::undecided);
        customers.forEach((customerId, ways) -> findings.customer(ways));
    }

    private void again(LoggedCommand logged, LoggedResult answered) {
        CommandResult result = answered.result();
        TwoWays ways = ways(result.getCustomerId());
        String was = answer(result);
        Optional<String> would = isAsRecorded(result)
                ? Optional.of(ways.answers.getOrDefault(result.getCommandId(), was))
                : decideAgain(ways, logged, result);
        if (would.isEmpty()) {
            ways.untold++;
        } else {
            findings.decided();
            if (!would.get().equals(was)) {
                DifferingCommand differing = new DifferingCommand(
                        logged.place(), ways.customerId, answered.commandId(), result.getDecidedAt(), was, would.get());
                ways.differs(differing);
                findings.differs(differing);
                ways.answers.put(answered.commandId(), would.get());
            }
        }
        customers.put(ways);
    }

    private static boolean isAsRecorded(CommandResult result) {
        return result.getReplayed() || has(result, RejectionCode.REQUEST_ID_REUSED);
    }

    private static boolean has(CommandResult result, RejectionCode code) {
        return result.getCode().equals(Optional.of(code));
    }

    private static String answer(CommandResult result) {
        return result.getStatus() + result.getCode().map(code -> " " + code).orElse("");
    }

    private static String answer(Outcome outcome) {
        return outcome.status()
                + outcome.rejection().map(rejection -> " " + rejection.code()).orElse("");
    }

    /** The answer that it would have had; empty if that cannot be told. */
    private Optional<String> decideAgain(TwoWays ways, LoggedCommand logged, CommandResult result) {
        List<LoggedEvent> unread =
                eventsUpTo(ways, result.getCustomer().map(Customer::getSequence).orElse(0L));
        if (ways.stopped.isPresent()) {
            return Optional.empty();
        }
        try {
            List<Event> next = unread.stream()
                    .map(LoggedEvent::event)
                    .map(EventMapping::toDomain)
                    .toList();
            int own = next.size() - ofDecision(ways, next, logged.command(), result.getDecidedAt());
            next.subList(0, own).forEach(ways::recorded);
            if (ways.stopped.isPresent()) {
                return Optional.empty();
            }
            requireUpTo(ways, next, result);
            ways.started = true;
            ways.meet();
            Decided decided = decide(ways, logged.command(), result);
            ways.decided(next.subList(own, next.size()), decided.events());
            return Optional.of(answer(decided.outcome()));
        } catch (IllegalArgumentException | IllegalStateException | UnknownSymbolException e) {
            ways.stop(e.getMessage());
            return Optional.empty();
        }
    }

    private static void requireUpTo(TwoWays ways, List<Event> next, CommandResult result) {
        long reached = next.isEmpty()
                ? ways.recorded.customer().map(customer -> customer.sequence()).orElse(0L)
                : next.get(next.size() - 1).sequence();
        long expected = result.getCustomer().map(Customer::getSequence).orElse(0L);
        if (reached != expected) {
            throw new IllegalArgumentException("Its result of " + result.getDecidedAt() + " shows the customer after"
                    + " event " + expected + ", where the events lead up to " + reached);
        }
    }

    private Decided decide(TwoWays ways, Command command, CommandResult result) {
        Situation before = ways.would();
        Command translated = translated(ways, command, result);
        ClaimStatus claim = has(result, RejectionCode.EXTERNAL_ID_TAKEN) ? ClaimStatus.REFUSED : ClaimStatus.UNDECIDED;
        Decision decision = decide(before, translated, claim, result.getDecidedAt());
        if (decision instanceof AwaitsExternalId) {
            if (result.getStatus() != ResultStatus.REGISTERED) {
                findings.assumedExternalId();
            }
            decision = decide(before, translated, ClaimStatus.GRANTED, result.getDecidedAt());
        }
        return (Decided) decision;
    }

    private Decision decide(Situation before, Command command, ClaimStatus claim, Instant time) {
        return decider.decide(before.customer(), before, Optional.empty(), command, claim, time);
    }

    private static Command translated(TwoWays ways, Command command, CommandResult result) {
        OptionalLong expectedVersion = command.expectedVersion();
        if (has(result, RejectionCode.VERSION_CONFLICT)) {
            expectedVersion = OptionalLong.of(NO_VERSION);
        } else if (!has(result, RejectionCode.UNKNOWN_CUSTOMER)
                && CommandValidation.content(command).isEmpty()) {
            expectedVersion = OptionalLong.empty();
        }
        Instruction instruction = command.instruction();
        if (instruction instanceof CancelChange cancel
                && cancel.selection() instanceof ChangeSelection.ById byId
                && CommandValidation.content(command).isEmpty()) {
            String changeId = ways.changeId(byId.changeId());
            instruction = new CancelChange(new ChangeSelection.ById(changeId), cancel.notes());
        }
        return new Command(
                command.customerId(), command.origin(), expectedVersion, command.customerExternalId(), instruction);
    }

    /** How many of the last events came of a decision, those included that it settled first. */
    private static int ofDecision(TwoWays ways, List<Event> next, Command command, Instant decidedAt) {
        List<Cause> causes = new ArrayList<>();
        Cause before = ways.last;
        for (Event event : next) {
            before = Cause.of(event, before);
            causes.add(before);
        }
        Predicate<Integer> isOwn = i -> next.get(i).recordedAt().equals(decidedAt)
                && (causes.get(i) != Cause.COMMAND
                        || next.get(i)
                                .origin()
                                .commandId()
                                .equals(command.origin().commandId()));
        int count = 0;
        while (count < next.size() && isOwn.test(next.size() - 1 - count)) {
            count++;
        }
        return count;
    }

    /**
     * The events of a customer up to a sequence that were not read yet. Those of other customers in between came of no
     * command that is still to be decided again: a decision's events lie before the next decision's.
     */
    private List<LoggedEvent> eventsUpTo(TwoWays ways, long sequence) {
        List<LoggedEvent> found = new ArrayList<>();
        while (ways.read < sequence && events.hasNext()) {
            LoggedEvent event = events.next();
            if (event.event().getCustomerId().equals(ways.customerId)) {
                found.add(event);
                ways.read = event.event().getSequence();
            } else {
                pass(event);
            }
        }
        return found;
    }

    private void pass(LoggedEvent logged) {
        TwoWays ways = ways(logged.event().getCustomerId());
        ways.read = logged.event().getSequence();
        try {
            ways.recorded(EventMapping.toDomain(logged.event()));
        } catch (IllegalArgumentException | IllegalStateException | UnknownSymbolException e) {
            ways.stop(e.getMessage());
        }
        customers.put(ways);
    }

    private TwoWays ways(String customerId) {
        return customers.get(customerId).orElseGet(() -> new TwoWays(customerId, this::settled));
    }

    @Override
    public void close() {
        customers.close();
    }

    private List<Event> settled(Situation situation, Instant time) {
        return situation
                .customer()
                .map(customer -> settlement.settle(customer, time))
                .orElse(List.of());
    }
}
