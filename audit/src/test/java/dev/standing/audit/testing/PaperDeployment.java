package dev.standing.audit.testing;

import dev.standing.audit.testing.PaperLog.Plan;
import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.Sha256;
import dev.standing.domain.cascade.Cascade;
import dev.standing.domain.cascade.CascadeCompletion;
import dev.standing.domain.cascade.CascadeCount;
import dev.standing.domain.cascade.Reach;
import dev.standing.domain.command.Command;
import dev.standing.domain.command.CommandContent;
import dev.standing.domain.command.CommandValidation;
import dev.standing.domain.command.Instruction;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.RequestKey;
import dev.standing.domain.decision.ClaimStatus;
import dev.standing.domain.decision.Decider;
import dev.standing.domain.decision.Decision;
import dev.standing.domain.decision.Decision.AwaitsExternalId;
import dev.standing.domain.decision.Decision.Decided;
import dev.standing.domain.decision.Now;
import dev.standing.domain.decision.RememberedRequest;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.event.CustomerEvolution;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.HierarchyEvolution;
import dev.standing.domain.hierarchy.HierarchyChange.Put;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.testing.CommandSequences.Step;
import dev.standing.domain.testing.HierarchyModel;
import dev.standing.mapping.CommandMapping;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventChain;
import dev.standing.mapping.EventChain.Link;
import dev.standing.mapping.ResultMapping;
import dev.standing.mapping.SubordinateMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** One run of what processors do, on paper. */
final class PaperDeployment {

    private static final List<String> EXTERNAL_IDS = List.of("x-0", "x-1", "x-2", "x-3", "x-4");

    private final Plan plan;
    private final Random random;
    private final Decider decider;
    private final Settlement settlement;
    private final CascadeCompletion completion;
    private final EventChain chain = new EventChain();
    private final PaperRecords out;

    private final Map<String, Books> books = new TreeMap<>();
    private final Map<RequestKey, Remembered> remembered = new HashMap<>();
    private final Map<String, Claim> claims = new TreeMap<>();
    private final List<Claim> asked = new ArrayList<>();
    private final IdentityHashMap<Instruction, Optional<String>> externalIds = new IdentityHashMap<>();
    private final IdentityHashMap<Instruction, Instruction> instructions = new IdentityHashMap<>();

    private Instant clock = PaperLog.START;

    PaperDeployment(Plan plan) {
        this.plan = plan;
        this.random = new Random(plan.seed());
        this.decider = new Decider(plan.policy());
        this.settlement = new Settlement(plan.policy());
        this.completion = new CascadeCompletion(plan.policy());
        this.out = new PaperRecords(plan.partitions());
    }

    private record Remembered(RememberedRequest request, CommandResult result) {}

    private record Claim(String externalId, String customerId, String commandId) {}

    /** What is kept of one customer. */
    private static final class Books {

        private Optional<dev.standing.domain.customer.Customer> customer = Optional.empty();
        private Optional<Customer> avro = Optional.empty();
        private final HierarchyModel hierarchy = new HierarchyModel();
        private final Deque<OpenCascade> cascades = new ArrayDeque<>();
        private final Deque<Command> waiting = new ArrayDeque<>();
    }

    /** A cascade and how far it has come. */
    private static final class OpenCascade {

        private final Cascade cascade;
        private Optional<Subordinate> reached = Optional.empty();
        private CascadeCount count = CascadeCount.NONE;

        OpenCascade(Cascade cascade) {
            this.cascade = cascade;
        }
    }

    PaperLog run() {
        Instant grid = PaperLog.START;
        for (Step step : plan.steps()) {
            grid = grid.plus(step.advance());
            clock = grid;
            for (int moments = random.nextInt(3); moments > 0; moments--) {
                // Half of the moments fall on the same millisecond.
                clock = oneIn(2) ? clock : grid.plus(Duration.ofMillis(random.nextInt(1_800_000)));
                somethingElse();
            }
            arrive(step.command());
        }
        if (plan.finished()) {
            finish();
        }
        return out.log(plan);
    }

    private void somethingElse() {
        if (oneIn(4)) {
            out.commit();
        }
        switch (random.nextInt(4)) {
            case 0 -> settle(pick(List.copyOf(kept().keySet())));
            case 1 -> cascade(pick(List.copyOf(kept().keySet())));
            case 2 -> settleAll();
            default -> answer();
        }
    }

    private Map<String, Books> kept() {
        if (books.isEmpty()) {
            books("c-0");
        }
        return books;
    }

    private Books books(String customerId) {
        return books.computeIfAbsent(customerId, unused -> new Books());
    }

    private void finish() {
        while (!asked.isEmpty()) {
            answer();
        }
        for (String customerId : books.keySet()) {
            while (!books(customerId).cascades.isEmpty()) {
                cascade(customerId);
            }
        }
    }

    private void arrive(Command drawn) {
        Command command = CommandMapping.toDomain(CommandMapping.toAvro(elaborated(drawn)));
        if (oneIn(30)) {
            deadLetter(command);
            return;
        }
        out.command(command, clock);
        Books customer = books(command.customerId());
        boolean joinsLine = customer.customer.isEmpty()
                && decider.canRegister(command)
                && CommandValidation.content(command).isEmpty();
        if (joinsLine && !customer.waiting.isEmpty()) {
            customer.waiting.add(command);
        } else if (awaits(command, ClaimStatus.UNDECIDED)) {
            customer.waiting.add(command);
        }
    }

    /** Nothing answers it: it lies where it does not belong, cannot be read, or broke the processor. */
    private void deadLetter(Command command) {
        switch (random.nextInt(3)) {
            case 0 -> out.misplacedCommand(command, clock);
            case 1 -> out.unreadableCommand(command, clock);
            default -> out.command(command, clock);
        }
    }

    /** With what the sequences do not have. The same instruction is the same again when it comes again. */
    private Command elaborated(Command command) {
        if (command.instruction() instanceof RegisterCustomer register) {
            Optional<String> externalId = externalIds.computeIfAbsent(
                    register, unused -> oneIn(2) ? Optional.of(pick(EXTERNAL_IDS)) : Optional.empty());
            return new Command(
                    command.customerId(),
                    command.origin(),
                    command.expectedVersion(),
                    Optional.empty(),
                    new RegisterCustomer(
                            externalId,
                            register.state(),
                            register.reason(),
                            register.validFrom(),
                            register.attributes()));
        }
        return new Command(
                command.customerId(),
                command.origin(),
                command.expectedVersion(),
                externalIds.computeIfAbsent(
                        command.instruction(),
                        unused -> oneIn(20) ? Optional.of(pick(EXTERNAL_IDS)) : Optional.empty()),
                instructions.computeIfAbsent(command.instruction(), this::withCascade));
    }

    /** Cascades are rare in the sequences, and here they are to meet each other. */
    private Instruction withCascade(Instruction instruction) {
        return instruction instanceof ChangeState change && oneIn(2)
                ? new ChangeState(change.state(), change.reason(), change.validFrom(), true, change.notes())
                : instruction;
    }

    /** Decides a command, unless its externalId has to be asked for: then that is done. */
    private boolean awaits(Command command, ClaimStatus claim) {
        RequestKey key = RequestKey.of(command);
        Books customer = books(command.customerId());
        Optional<Remembered> seen = Optional.ofNullable(remembered.get(key));
        Decision decision = decider.decide(
                customer.customer, customer.hierarchy, seen.map(Remembered::request), command, claim, clock);
        if (decision instanceof AwaitsExternalId awaits) {
            asked.add(new Claim(
                    awaits.externalId(), command.customerId(), command.origin().commandId()));
            return true;
        }
        String commandId = command.origin().commandId();
        if (decision instanceof Decided decided) {
            happen(command.customerId(), decided.events());
            CommandResult result = ResultMapping.toAvro(command, decided.outcome(), customer.avro);
            out.result(commandId, result, clock, decided.outcome().decidedAt());
            if (decided.remembered()) {
                RememberedRequest request = new RememberedRequest(
                        CommandContent.digest(command), decided.outcome().decidedAt());
                remembered.put(key, new Remembered(request, result));
            }
        } else {
            out.result(commandId, ResultMapping.replayed(seen.orElseThrow().result()), clock, clock);
        }
        return false;
    }

    /** Somebody who asked for an externalId learns whose it is. */
    private void answer() {
        if (asked.isEmpty()) {
            return;
        }
        Claim claim = asked.remove(random.nextInt(asked.size()));
        Claim held = claims.computeIfAbsent(claim.externalId(), unused -> {
            out.claim(claim.externalId(), claim.customerId(), claim.commandId(), clock);
            return claim;
        });
        boolean granted = held.customerId().equals(claim.customerId());
        Books customer = books(claim.customerId());
        Command registration = customer.waiting.remove();
        awaits(registration, granted ? ClaimStatus.GRANTED : ClaimStatus.REFUSED);
        if (held.equals(claim) && customer.customer.isEmpty()) {
            claims.remove(claim.externalId());
            out.release(claim.externalId(), claim.commandId(), clock);
        }
        while (!customer.waiting.isEmpty() && !awaits(customer.waiting.peek(), ClaimStatus.UNDECIDED)) {
            customer.waiting.remove();
        }
    }

    private void settleAll() {
        List.copyOf(books.keySet()).forEach(this::settle);
    }

    private void settle(String customerId) {
        books(customerId).customer.ifPresent(customer -> happen(customerId, settlement.settle(customer, clock)));
    }

    /** Takes the customer's first cascade a bit further. */
    private void cascade(String customerId) {
        Books customer = books(customerId);
        if (customer.cascades.isEmpty()) {
            return;
        }
        OpenCascade open = customer.cascades.element();
        Instant now = Now.of(customer.customer, clock);
        int most = 1 + random.nextInt(4);
        List<Subordinate> next = customer.hierarchy.all().stream()
                .filter(subordinate -> open.reached.isEmpty() || isBehind(subordinate, open.reached.get()))
                .limit(most)
                .toList();
        for (Subordinate subordinate : next) {
            Reach reach = open.cascade.reach(subordinate);
            open.count = open.count.plus(reach);
            open.reached = Optional.of(subordinate);
            if (reach == Reach.UPDATED) {
                out.update(SubordinateMapping.toUpdate(open.cascade, subordinate, now), clock);
                customer.hierarchy.apply(List.of(new Put(subordinate.withState(
                        open.cascade.state().state(), open.cascade.state().reason()))));
            }
        }
        if (next.size() < most) {
            customer.cascades.remove();
            happen(
                    customerId,
                    List.of(completion.completed(customer.customer.orElseThrow(), open.cascade, open.count, clock)));
        }
    }

    private static boolean isBehind(Subordinate subordinate, Subordinate reached) {
        return HierarchyModel.BY_DEPTH.compare(subordinate, reached) > 0;
    }

    private void happen(String customerId, List<Event> happened) {
        if (happened.isEmpty()) {
            return;
        }
        Books customer = books(customerId);
        Optional<Sha256> head = customer.avro.map(Customer::getLastEventHash);
        List<Link> links = chain.extend(head, happened);
        links.forEach(link -> out.event(link, clock));
        customer.hierarchy.apply(HierarchyEvolution.evolve(customer.hierarchy, happened));
        Cascade.startedBy(happened).forEach(cascade -> customer.cascades.add(new OpenCascade(cascade)));
        customer.customer = CustomerEvolution.evolve(customer.customer, happened);
        customer.avro = Optional.of(CustomerMapping.toAvro(
                customer.customer.orElseThrow(), links.get(links.size() - 1).hash()));
        out.customer(customer.avro.get(), clock);
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
