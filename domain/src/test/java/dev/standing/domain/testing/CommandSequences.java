package dev.standing.domain.testing;

import dev.standing.domain.command.ChangeSelection;
import dev.standing.domain.command.Command;
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
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.event.Event;
import dev.standing.domain.hierarchy.SubordinateRef;
import dev.standing.domain.hierarchy.SubordinateType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Makes sequences of commands at random, such as clients may send them. States, reasons and dates come from small
 * pools, so that they meet: a confirmation often finds what it confirms, dates fall due between two commands, and two
 * changes fall due at once. Requests are repeated, with the same and with other content, always with a commandId of
 * their own. No registration names an externalId: every command can be decided at once.
 *
 * <p>The same seed gives the same sequence for ever, and a shorter sequence of it is the beginning of a longer one.
 *
 * @param customerIds the customers that the commands are for
 * @param start what the clock says before the first step
 * @param clockMayRunBackwards whether an advance may be negative; zero it may always be
 * @param subordinates whether commands of subordinates are among them
 */
public record CommandSequences(
        List<String> customerIds, Instant start, boolean clockMayRunBackwards, boolean subordinates) {

    /** The grid on which clock and dates lie. */
    private static final Duration GRID = Duration.ofMinutes(30);

    private static final List<CustomerState> STATES = List.of(
            CustomerState.ACTIVE,
            CustomerState.ACTIVE,
            CustomerState.ACTIVE,
            CustomerState.SUSPENDED,
            CustomerState.SUSPENDED,
            CustomerState.SUSPENDED,
            CustomerState.SUSPENDED,
            CustomerState.BLOCKED,
            CustomerState.BLOCKED,
            CustomerState.BLOCKED,
            CustomerState.DORMANT,
            CustomerState.INACTIVE,
            CustomerState.BLACKLISTED,
            CustomerState.DEACTIVATED);

    private static final Map<CustomerState, List<String>> REASONS = Map.of(
            CustomerState.INACTIVE, List.of("dfltInactive", "customerRequest"),
            CustomerState.ACTIVE, List.of("dfltActive", "paymentReceived"),
            CustomerState.DORMANT, List.of("dfltDormant", "noActivity"),
            CustomerState.SUSPENDED, List.of("nonPayment", "fraud"),
            CustomerState.BLOCKED, List.of("dfltBlocked", "fraud"),
            CustomerState.BLACKLISTED, List.of("dfltBlacklisted", "sanctionsHit"),
            CustomerState.DEACTIVATED, List.of("dfltDeactivated", "contractEnd"));

    private static final SubordinateRef ACCOUNT_1 = new SubordinateRef(SubordinateType.ACCOUNT, "a-1");
    private static final SubordinateRef ACCOUNT_2 = new SubordinateRef(SubordinateType.ACCOUNT, "a-2");
    private static final SubordinateRef ACCOUNT_3 = new SubordinateRef(SubordinateType.ACCOUNT, "a-3");
    private static final SubordinateRef SUBSCRIBER_1 = new SubordinateRef(SubordinateType.SUBSCRIBER, "s-1");
    private static final SubordinateRef SUBSCRIPTION_1 = new SubordinateRef(SubordinateType.SUBSCRIPTION, "p/1");
    private static final SubordinateRef SUBSCRIPTION_2 = new SubordinateRef(SubordinateType.SUBSCRIPTION, "p-2");

    private static final List<SubordinateRef> SUBORDINATES =
            List.of(ACCOUNT_1, ACCOUNT_2, ACCOUNT_3, SUBSCRIBER_1, SUBSCRIPTION_1, SUBSCRIPTION_2);

    /** The parents that most registrations name; those that are missing belong to the customer. */
    private static final Map<SubordinateRef, SubordinateRef> PARENTS = Map.of(
            ACCOUNT_2, ACCOUNT_1,
            ACCOUNT_3, ACCOUNT_2,
            SUBSCRIBER_1, ACCOUNT_1,
            SUBSCRIPTION_2, SUBSCRIBER_1);

    /** Without commands of subordinates. */
    public CommandSequences(List<String> customerIds, Instant start, boolean clockMayRunBackwards) {
        this(customerIds, start, clockMayRunBackwards, false);
    }

    /** The same with commands of subordinates among them. */
    public CommandSequences withSubordinates() {
        return new CommandSequences(customerIds, start, clockMayRunBackwards, true);
    }

    /** Keeps a copy, which is not empty. */
    public CommandSequences {
        customerIds = List.copyOf(customerIds);
        if (customerIds.isEmpty()) {
            throw new IllegalArgumentException("Commands are for customers");
        }
    }

    /**
     * One command, and when it comes.
     *
     * @param advance by how much the clock moves before the command; it may be zero or negative
     * @param command the command
     */
    public record Step(Duration advance, Command command) {}

    /**
     * The sequence of a seed.
     *
     * @param length how many commands; zero or more
     */
    public List<Step> steps(long seed, int length) {
        Draw draw = new Draw(new Random(seed));
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            steps.add(draw.step());
        }
        return List.copyOf(steps);
    }

    /** What was said of planned changes of a customer last. */
    private record Said(CustomerState state, ReasonChoice reason) {}

    /** One sequence while it is being drawn. */
    private final class Draw {

        private final Random random;
        private final List<Command> commands = new ArrayList<>();
        private final Map<String, Said> lastSaid = new HashMap<>();
        private Instant clock = start;

        Draw(Random random) {
            this.random = random;
        }

        Step step() {
            Duration advance = advance();
            clock = clock.plus(advance);
            Command command = oneIn(8) && !commands.isEmpty() ? repeated() : fresh();
            commands.add(command);
            return new Step(advance, command);
        }

        private Duration advance() {
            int earliest = clockMayRunBackwards && oneIn(6) ? -4 : 0;
            return GRID.multipliedBy(earliest + random.nextInt(4));
        }

        /** The same request again, or another one under its id. */
        private Command repeated() {
            Command earlier = pick(commands);
            Instruction instruction = oneIn(3) ? instruction(earlier.customerId()) : earlier.instruction();
            return new Command(
                    earlier.customerId(),
                    origin(earlier.origin().requestId()),
                    earlier.expectedVersion(),
                    earlier.customerExternalId(),
                    instruction);
        }

        private Command fresh() {
            String customerId = pick(customerIds);
            Optional<String> requestId = oneIn(5) ? Optional.empty() : Optional.of("request-" + commands.size());
            OptionalLong expectedVersion = oneIn(12) ? OptionalLong.of(random.nextInt(12)) : OptionalLong.empty();
            return new Command(
                    customerId, origin(requestId), expectedVersion, Optional.empty(), instruction(customerId));
        }

        private Origin origin(Optional<String> requestId) {
            return new Origin("command-" + commands.size(), requestId, "sequences");
        }

        private Instruction instruction(String customerId) {
            boolean first =
                    commands.stream().noneMatch(command -> command.customerId().equals(customerId));
            if (first && !oneIn(4)) {
                return registration();
            }
            if (subordinates && oneIn(3)) {
                return oneIn(6) ? new RemoveSubordinate(pick(SUBORDINATES)) : registrationOfSubordinates();
            }
            return switch (random.nextInt(16)) {
                case 0 -> registration();
                case 1, 2, 3 -> changeNow();
                case 4, 5, 6, 7 -> changeLater(customerId);
                case 8, 9, 10 -> proposal(customerId);
                case 11, 12, 13 -> confirmation(customerId);
                default -> new CancelChange(selection(customerId), notes());
            };
        }

        private RegisterCustomer registration() {
            Optional<CustomerState> state = oneIn(3) ? Optional.of(pick(STATES)) : Optional.empty();
            return new RegisterCustomer(
                    Optional.empty(),
                    state,
                    state.map(named -> pick(REASONS.get(named))),
                    oneIn(4) ? Optional.of(date(-3, 1)) : Optional.empty(),
                    oneIn(4) ? Map.of("segment", "retail") : Map.of());
        }

        private ChangeState changeNow() {
            CustomerState state = pick(STATES);
            Optional<Instant> validFrom = oneIn(3) ? Optional.of(date(-6, 0)) : Optional.empty();
            ReasonChoice reason = oneIn(5) ? new ReasonChoice.PolicyDefault() : reason(state);
            return new ChangeState(state, reason, validFrom, oneIn(6), notes());
        }

        private ChangeState changeLater(String customerId) {
            Said said = said(customerId);
            return new ChangeState(said.state(), said.reason(), Optional.of(date(0, 6)), oneIn(6), notes());
        }

        private ProposeChange proposal(String customerId) {
            Said said = said(customerId);
            return new ProposeChange(said.state(), said.reason(), date(-2, 6), oneIn(6), notes());
        }

        private ConfirmChange confirmation(String customerId) {
            Said meant = meant(customerId);
            return new ConfirmChange(
                    meant.state(),
                    meant.reason(),
                    oneIn(3) ? Optional.of(date(-2, 6)) : Optional.empty(),
                    oneIn(4) ? Optional.of(random.nextBoolean()) : Optional.empty(),
                    notes());
        }

        private ChangeSelection selection(String customerId) {
            if (oneIn(2)) {
                return new ChangeSelection.ById(Event.idOf(customerId, 1 + random.nextInt(20)));
            }
            Said meant = meant(customerId);
            return new ChangeSelection.ByState(meant.state(), meant.reason());
        }

        /** Parents mostly come before children, as in {@link #SUBORDINATES}. */
        private RegisterSubordinates registrationOfSubordinates() {
            List<RegisteredSubordinate> registered = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                registered.add(registeredSubordinate());
            }
            if (!oneIn(4)) {
                registered.sort(Comparator.comparing(subordinate -> SUBORDINATES.indexOf(subordinate.ref())));
            }
            return new RegisterSubordinates(registered);
        }

        private RegisteredSubordinate registeredSubordinate() {
            SubordinateRef ref = pick(SUBORDINATES);
            Optional<SubordinateRef> parent =
                    oneIn(8) ? Optional.of(pick(SUBORDINATES)) : Optional.ofNullable(PARENTS.get(ref));
            CustomerState state = pick(STATES);
            Optional<String> reason =
                    oneIn(2) ? Optional.empty() : Optional.of(oneIn(20) ? "nonsense" : pick(REASONS.get(state)));
            return new RegisteredSubordinate(ref, parent, state, reason);
        }

        private Said said(String customerId) {
            CustomerState state = pick(STATES);
            Said said = new Said(state, reason(state));
            lastSaid.put(customerId, said);
            return said;
        }

        /** Mostly what was said last, sometimes anything. */
        private Said meant(String customerId) {
            Said last = lastSaid.get(customerId);
            CustomerState state = pick(STATES);
            return last == null || oneIn(4) ? new Said(state, reason(state)) : last;
        }

        private ReasonChoice reason(CustomerState state) {
            return switch (random.nextInt(20)) {
                case 0 -> new ReasonChoice.Missing();
                case 1 -> new ReasonChoice.Named("nonsense");
                default -> new ReasonChoice.Named(pick(REASONS.get(state)));
            };
        }

        private Optional<String> notes() {
            return oneIn(6) ? Optional.of("note " + commands.size()) : Optional.empty();
        }

        /** So many steps of the grid away from now, from the first to the last. */
        private Instant date(int first, int last) {
            return clock.plus(GRID.multipliedBy(first + random.nextInt(last - first + 1)));
        }

        private boolean oneIn(int times) {
            return random.nextInt(times) == 0;
        }

        private <T> T pick(List<T> values) {
            return values.get(random.nextInt(values.size()));
        }
    }
}
